namespace Lyra.Bench.Suite.Micro;

/// <summary>Registers, members, elements, strs, and new objects.</summary>
internal static class DataGroups
{
    private const string Point = "struct Point { x = 1; y = 2 }";
    private const string Row = "struct Row { a; b; c; d; e; f; g; h }";
    private const string StructRow = "Row(k, 1, k, 2, k, 3, k, 4)";
    private const string MapRow = "({\"a\": k, \"b\": 1, \"c\": k, \"d\": 2, \"e\": k, \"f\": 3, \"g\": k, \"h\": 4})";

    public static readonly MicroGroup[] All =
    [
        new("registers", "one iteration of a loop; where the loop has a body, one of its operations",
        [
            .. new MicroScript("s = i").Variants("loop"),
            .. new MicroScript("a = b; b = c; c = a; a = i; b = a; c = b; a = c; b = i; c = i; a = b")
            {
                Setup = "var a = 1; var b = 2; var c = 3",
                OperationsOfBody = 10,
            }.Variants("move"),
            .. new MicroScript("s += i; s -= a; s += b; s -= i; s += a; s -= b; s += i; s -= a; s += b; s -= i")
            {
                Setup = "var s = 0; let a = 3; let b = 4",
                OperationsOfBody = 10,
            }.Variants("int addition"),
            .. new MicroScript("s += 1.5").With("var s = 0.0").Variants("float addition"),
        ]),
        new("members", "one access in a loop",
        [
            .. new MicroScript("s += p.x") { Declarations = Point, Setup = "let p = Point(); var s = 0" }.Variants("field"),
            .. new MicroScript("s += xs[1]").With("let xs = [1, 2, 3]; var s = 0").Variants("element of a list"),
            .. new MicroScript("s += m[\"beta\"]").With("let m = {\"alpha\": 1, \"beta\": 2}; var s = 0").Variants("value of a map"),
            .. new MicroScript("m[i] = i").With("let m = {}").Variants("new key of a map"),
        ]),
        new("strs", "one operation on a str in a loop",
        [
            .. new MicroScript("if t[i % 3] == \"b\" { s += 1 }").With("let t = \"abc\"; var s = 0").Variants("character"),
            .. new MicroScript("if a == b { s += 1 }").With("let a = \"alpha\" + \"beta\"; let b = \"alphabeta\"; var s = 0")
                .Variants("equality of two copies"),
            .. new MicroScript("if a == b { s += 1 }").With("let a = \"alphabeta\"; let b = a; var s = 0").Variants("equality of one str"),
            .. new MicroScript("s += m[keys[i % 3]]")
                .With("let m = {\"k0\": 0, \"k1\": 1, \"k2\": 2}; let keys = list(0..3).map(k => \"k\" + tostring(k)); var s = 0")
                .Variants("key that is computed"),
            .. new MicroScript("s += length(line.split(\",\"))") { Setup = "let line = \"a,bb,ccc,dddd\"; var s = 0" }.Variants("split"),
            .. new MicroScript("s += \"x\"").With("var s = \"\"").Variants("append"),
        ]),
        new("allocation", "one new object in a loop",
        [
            .. new MicroScript("s = [i, i]").With("var s = nil").Variants("list"),
            .. new MicroScript("s = {\"a\": i}").With("var s = nil").Variants("map"),
            .. new MicroScript("s = Point(i, i)") { Declarations = Point, Setup = "var s = nil" }.Variants("struct"),
            .. new MicroScript("s = () => i").With("var s = nil").Variants("closure"),
            .. new MicroScript("xs.push(i)").With("var xs = []").Variants("element of a growing list"),
        ]),
        new("rows", "one field that is read, of five of the eight in each of 1,000 rows; or one new row",
        [
            .. Rows("field of a struct", "s += r.a + r.c + r.e + r.g + r.h", StructRow),
            .. Rows("value of a map", "s += r[\"a\"] + r[\"c\"] + r[\"e\"] + r[\"g\"] + r[\"h\"]", MapRow),
            .. Rows("value of a map by name", "s += r.a + r.c + r.e + r.g + r.h", MapRow, hasBaseline: false),
            .. NewRows("new struct", StructRow),
            .. NewRows("new map", MapRow),
        ]),
        new("errors", "one throw and its catch in a loop",
        [
            .. new MicroScript("try { throw \"x\" } catch e { s += 1 }").Variants("throw"),
        ]),
        new("simd", "one element of two lists of ints with 1,000 elements",
        [
            .. Vector("add by a loop", "for k in 0..1000 { r[k] = a[k] + b[k] }"),
            .. Vector("add by simd", "r = simd.add(a, b)"),
            .. Vector("add by simd into a list", "simd.addTo(r, a, b)"),
            .. Vector("mul by a loop", "for k in 0..1000 { r[k] = a[k] * b[k] }"),
            .. Vector("mul by simd", "r = simd.mul(a, b)"),
            .. Vector("sum by a loop", "var t = 0; for k in 0..1000 { t += a[k] }; r[0] = t"),
            .. Vector("sum by simd", "r[0] = simd.sum(a)"),
        ]),
    ];

    private static MicroVariant[] Rows(string name, string reads, string row, bool hasBaseline = true) => new MicroScript(
        $"for r in rows {{ {reads} }}")
    {
        HasBaseline = hasBaseline,
        Declarations = Row,
        Setup = $"let rows = list(0..1000).map(k => {row}); var s = 0",
        OperationsOfBody = 5_000,
    }.Variants(name);

    private static MicroVariant[] NewRows(string name, string row) => new MicroScript($"for k in 0..1000 {{ rows[k] = {row} }}")
    {
        Declarations = Row,
        Setup = "let rows = [nil] * 1000",
        OperationsOfBody = 1_000,
    }.Variants(name);

    private static MicroScript With(this MicroScript script, string setup) => script with { Setup = setup };

    private static MicroVariant[] Vector(string name, string body) => new MicroScript(body)
    {
        Declarations = "import simd",
        Setup = "let a = list(0..1000); let b = list(1000..2000); var r = list(0..1000)",
        OperationsOfBody = 1_000,
    }.Variants(name);
}
