namespace Lyra.Bench.Suite.Micro;

/// <summary>
/// Expressions of several operations, patterns beyond literals and structs, lines of a session, and procs of the library.
/// </summary>
internal static class LanguageGroups
{
    private const string Patterns = """
        proc sign(n) {
            return match n {
                x if x < 0 => -1
                x if x > 100 => 2
                0 => 0
                _ => 1
            }
        }
        proc shape(xs) {
            return match xs {
                [] => 0
                [x] => x
                [first, ..., last] => first + last
            }
        }
        proc head(xs) {
            return match xs {
                [1, ...rest] => length(rest)
                [first, ...] => first
                _ => 0
            }
        }
        proc kind(message) {
            return match message {
                {"type": "move", "by": n, ...} => n
                {"type": "stop", ...} => 0
                _ => -1
            }
        }
        proc band(n) {
            return match n {
                0..10 | 90..100 => 1
                10..90 => 2
                _ => 3
            }
        }
        """;

    public static readonly MicroGroup[] All =
    [
        new("expressions", "one expression of five to seven operations in a loop",
        [
            .. Expression("ints", "s = (a * i + b) % 1000 - (i / c) * 2 + a"),
            .. Expression("floats", "t = (t * 0.5 + f) / (f - 0.25) - f * f + 1.0"),
            .. Expression("ints and floats", "t = (i * f + a) / c - b * 0.5 + i"),
            .. Expression("comparisons", "if (i > a and i % c != 0) or (i + b < 50 and not done) { s += 1 }"),
            .. Expression("members and elements", "s = p.x * xs[i % 3] + p.y - xs[p.x] + m[\"k\"]"),
            .. Expression("text", "text = \"${i % 10}: ${a + b}\" + name"),
        ]),
        new("patterns", "one match in a loop",
        [
            .. Pattern("guards", "s += sign(i % 200 - 50)", "var s = 0"),
            .. Pattern("both ends of a list", "s += shape(lists[i % 3])", "let lists = [[], [1], [1, 2, 3]]; var s = 0"),
            .. Pattern("rest of a list", "s += head(lists[i % 3])", "let lists = [[1, 2, 3], [2, 3], []]; var s = 0"),
            .. Pattern("maps", "s += kind(maps[i % 2])",
                "let maps = [{\"type\": \"move\", \"by\": 2, \"id\": 7}, {\"type\": \"stop\"}]; var s = 0"),
            .. Pattern("ranges and alternatives", "s += band(i % 110)", "var s = 0"),
        ]),
        new("session", "one line of a session, as the REPL runs it",
        [
            new("expression", MicroWays.Interpreted, static () => Lines("x * 2 + 1")),
            new("assignment", MicroWays.Interpreted, static () => Lines("x = 3")),
            new("declaration", MicroWays.Interpreted, static () => Lines("let y = x + 1")),
            new("proc and its call", MicroWays.Interpreted, static () => Lines("proc f(n) { return n + x }; f(2)")),
        ]),
        new("library", "one call of a proc of the library in a loop",
        [
            .. Library("abs", "s += abs(i - 500)"),
            .. Library("math.sqrt", "f += math.sqrt(i)"),
            .. Library("min", "s += min(i, 500, 7)"),
            .. Library("toint", "s += toint(\"1234\")"),
            .. Library("tostring", "s += length(tostring(i))"),
            .. Library("replace", "s += length(line.replace(\",\", \";\"))"),
            .. Library("join", "s += length(words.join(\", \"))"),
            .. Library("sort", "s += xs.copy().sort() ?? 1"),
            .. Library("map and filter", "s += length(xs.map(x => x + 1).filter(x => x > 3))"),
            .. Library("sum", "s += sum(xs)"),
            .. Library("json.parse", "s += json.parse(\"[1, 2, 3]\")[1]"),
            .. Library("regex.test", "if regex.test(\"b+c\", line) { s += 1 }"),
        ]),
    ];

    private static MicroVariant[] Expression(string name, string body) => new MicroScript(body)
    {
        Declarations = "struct Pair { x = 1; y = 2 }",
        Setup = "var s = 0; var t = 0.0; var text = \"\"; let a = 3; let b = 4; let c = 7; let f = 1.5; let done = false; "
            + "let name = \"n\"; let p = Pair(); let xs = [1, 2, 3]; let m = {\"k\": 1}",
    }.Variants(name);

    private static MicroVariant[] Pattern(string name, string body, string setup) =>
        new MicroScript(body) { Declarations = Patterns, Setup = setup }.Variants(name);

    private static MicroVariant[] Library(string name, string body) => new MicroScript(body)
    {
        Declarations = "import json\nimport math\nimport regex",
        Setup = "var s = 0; var f = 0.0; let line = \"a,bbc,d\"; let words = [\"a\", \"bb\", \"ccc\"]; let xs = [5, 2, 9, 1, 7]",
    }.Variants(name);

    private static MicroRun Lines(string line)
    {
        LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        LyraSession session = new(engine);
        session.Run("var x = 2");
        return new MicroRun(
            () =>
            {
                for (int i = 0; i < MicroVariant.Operations; i++)
                {
                    session.Run(line);
                }
            },
            engine);
    }
}
