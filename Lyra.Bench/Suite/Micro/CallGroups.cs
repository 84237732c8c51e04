using System.Globalization;
using System.Linq;
using System.Text;

namespace Lyra.Bench.Suite.Micro;

/// <summary>Calls and <c>match</c>.</summary>
internal static class CallGroups
{
    private const string Procs = """
        import math
        struct Point { x = 1; y = 2; proc sum(self) { return self.x + self.y } }
        proc one() { return 1 }
        """;

    private const string Shapes = """
        struct Circle { r }
        struct Square { side }
        struct Box { w; h }
        """;

    public static readonly MicroGroup[] All =
    [
        new("calls", "one call in a loop, and one addition",
        [
            .. Call("proc", "s += one()"),
            .. Call("closure", "s += f()", "let k = 1; let f = () => k; var s = 0"),
            .. Call("method", "s += p.sum()", "let p = Point(); var s = 0"),
            .. Call("builtin", "s += length(xs)", "let xs = [1]; var s = 0"),
            .. Call("library", "s += math.floor(1.5)"),
            .. new MicroScript("s = host(s)")
            {
                HasBaseline = false,
                Define = static engine => engine.Define("host", static (int x) => x + 1),
            }.Variants("host delegate"),
        ]),
        new("calls-by-name", "one call in a loop, of a proc that a map has under its name",
        [
            .. Call("proc", "s += procs[\"one\"]()", "let procs = {\"zero\": () => 0, \"one\": one}; var s = 0"),
            .. Call("builtin", "s += procs[\"length\"](xs)", "let xs = [1]; let procs = {\"length\": length}; var s = 0"),
            .. Call("library", "s += procs[\"floor\"](1.5)", "let procs = {\"floor\": math.floor}; var s = 0"),
        ]),
        new("match", "one match in a loop",
        [
            .. Match("5 literals", Literals(5), 5),
            .. Match("50 literals", Literals(50), 50),
            .. Match("500 literals", Literals(500), 500),
            .. new MicroScript("s += area(shapes[i % 3])")
            {
                Declarations = Shapes + """

                    proc area(shape) {
                        return match shape {
                            Circle{r: 0} => 0
                            Circle{r} => 3 * r * r
                            Square{side} => side * side
                            Box{w, h} => w * h
                            _ => 0
                        }
                    }
                    """,
                Setup = "let shapes = [Circle(1), Square(2), Box(1, 2)]; var s = 0",
            }.Variants("structs"),
            .. Structures(5),
            .. Structures(50),
            .. Structures(500),
        ]),
    ];

    private static MicroVariant[] Call(string name, string body, string setup = "var s = 0") =>
        new MicroScript(body) { Declarations = Procs, Setup = setup }.Variants(name);

    private static MicroVariant[] Match(string name, string arms, int count) => new MicroScript($"s += choose(i % {count})")
    {
        Declarations = $"proc choose(value) {{\n    return match value {{\n{arms}        _ => -1\n    }}\n}}",
    }.Variants(name);

    private static string Literals(int count) => Lines(count, static i => $"{i} => {i + 1}");

    /// <summary>Tuples with a literal and a binding, so that no table of literals decides.</summary>
    private static MicroVariant[] Structures(int count) => new MicroScript($"s += choose(pairs[i % {count}])")
    {
        Declarations = $"proc choose(value) {{\n    return match value {{\n{Lines(count, static i => $"({i}, x) => x")}"
            + "        _ => -1\n    }\n}",
        Setup = $"let pairs = list(0..{count}).map(k => (k, 1)); var s = 0",
    }.Variants($"{count} structures");

    private static string Lines(int count, System.Func<int, string> line) => Enumerable.Range(0, count)
        .Aggregate(new StringBuilder(), (text, i) => text.Append(CultureInfo.InvariantCulture, $"        {line(i)}\n")).ToString();
}
