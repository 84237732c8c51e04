using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Errors;
using HostCall = System.Collections.Generic.KeyValuePair<string, System.Func<Lyra.LyraEngine, System.Func<string>>>;

namespace Lyra.Tests.Conformance;

/// <summary>
/// Calls of the embedding API that allocate. Each case prepares an engine and returns the call, whose result is the same each time.
/// </summary>
internal static class HostAllocationCases
{
    /// <summary>A script whose loops, calls and containers are compiled.</summary>
    private const string Procs = """
        struct P { x
            y = 2
            proc __eq(self, o) { return self.x == o.x }
            proc __str(self) { return "P${self.x}" }
            proc __len(self) { return length(tostring(self.x) * 3) }
            proc __index(self, i) { return [self.x, i] }
            proc twice(self, n) { return [self.x, n, [n]] } }
        proc sum(xs) { var n = 0; for x in xs { n += x }; return n }
        proc make(n) { var xs = []; for i in 0..n { xs.push([i, "t${i}"]) }; return xs }
        proc table(n) { var m = {}; for i in 0..n { m["k${i}"] = i * 2 }; return m }
        async proc later(n) { await sleep(0); return make(n) }
        var items = make(30)
        var p = P(1)
        """;

    private const string Nested = """
        ({"a": [1, 2.5, "three", nil, true], "b": {"c": (1, "x"), "d": [[], {}]}, "e": "s" * 100, "f": bytes([1, 2])})
        """;

    private const string Json = """
        ({"a": [1, 2.5, "three", nil, true], "b": {"d": [[], {}]}, "e": "s" * 300})
        """;

    private static readonly List<int> Numbers = [.. Enumerable.Range(0, 40)];

    private static readonly Dictionary<string, List<int>> Table = Enumerable.Range(0, 20).ToDictionary(i => $"k{i}", i => Numbers);

    private sealed record Tree(string Name, int[] Items, Tree? Left = null, Tree? Right = null);

    private sealed class Point
    {
        public int X { get; set; }

        public List<string> Names { get; set; } = [];

        public string Text(int[] items) => $"{X}:{items.Length}";

        public string Text(string name) => $"{X}:{name}";
    }

    /// <summary>What the scripts of cases import.</summary>
    public static DictionaryModuleLoader Modules { get; } = new(new Dictionary<string, string>
    {
        ["shared"] = "pub proc twice(xs) { return xs + xs }\npub let base = [1, 2, 3]",
    });

    /// <summary>The cases by their names.</summary>
    public static IReadOnlyDictionary<string, Func<LyraEngine, Func<string>>> All { get; } =
        new Dictionary<string, Func<LyraEngine, Func<string>>>(
            [.. Conversions(), .. Writes(), .. Accesses(), .. Calls(), .. Delegates(), .. Work()]);

    private static IEnumerable<HostCall> Conversions()
    {
        yield return As<int[]>("list(0..200)");
        yield return As<List<long>>("list(0..200)");
        yield return As<double[]>("[1.5] * 50");
        yield return As<int[][]>("[[1, 2], [3]] * 20");
        yield return As<HashSet<string>>("set([\"a\", \"b\", \"c\"])");
        yield return As<Dictionary<string, int>>("({\"a\": 1, \"b\": 2, \"c\": 3})");
        yield return As<Dictionary<string, List<int>>>("({\"a\": [1], \"b\": [2, 3]})");
        yield return As<(int, string)>("(1, \"a\")");
        yield return As<((int, int), List<string>)>("((1, 2), [\"a\"])");
        yield return As<Tree>("({\"name\": \"r\", \"items\": [1], \"left\": {\"name\": \"l\", \"items\": []}})");
        yield return As<Tree[]>("struct T { name; items }\n[T(\"a\", [1]), T(\"b\", [2])]");
        yield return As<JsonElement>(Json);
        yield return As<JsonNode>(Json);
        yield return As<Dictionary<string, JsonElement>>("({\"a\": [1], \"b\": \"x\"})");
        yield return As<byte[]>("bytes(range(0, 100))");
        yield return As<LyraValue[]>("[1, \"a\", [2]]");
        yield return As<object[]>("[1, \"a\", [2], {\"k\": 1}]");
        yield return As<BigInteger[]>("[2 ** 100, 1]");
        yield return As<int[]>("0..300");
        yield return As<string[]>("var s = \"\"; for i in 0..50 { s += \"x${i}\" }; [s, s]");
        yield return Case("As<IEnumerable>", "list(0..50)", v => string.Join(",", v.As<IEnumerable<int>>()));
    }

    private static IEnumerable<HostCall> Writes()
    {
        yield return From("list", Numbers);
        yield return From("dictionary", Table);
        yield return From("tuple", (1, "a", Numbers));
        yield return From("record", new Tree("a", [2, 3], new Tree("b", [1])));
        yield return From("set", new HashSet<int>(Numbers));
        yield return From("json element", JsonDocument.Parse("""{"a": [1, {"b": "x"}], "c": null}""").RootElement.Clone());
        yield return From("json node", JsonNode.Parse("""{"a": [1, {"b": "x"}], "c": null}""")!);
        yield return From("bytes", new byte[] { 1, 2, 3 });
        yield return From("decimal", 1.25m);
        yield return From("text", new string('x', 200));
        yield return From("nested", new object[] { 1, "a", Table, Numbers });
    }

    private static IEnumerable<HostCall> Accesses()
    {
        yield return Case("ToString", Nested, Text);
        yield return Case("ToString with a hook", $"{Procs}\n[p, p]", Text);
        yield return Case("Length with a hook", $"{Procs}\np", v => v.Length.ToString());
        yield return Case("index of a big range", "2 ** 70..2 ** 70 + 5", v => Text(v[2]));
        yield return Case("index with a hook", $"{Procs}\np", v => Text(v[3]));
        yield return Case("set an element", "[1, 2, 3]", v => Set(() => v[1] = LyraValue.From(7), v));
        yield return Case("set a new key", "({\"a\": 1})", v => Set(() => v["b"] = "x", v));
        yield return Case("set a field", "struct S { x: list }\nS([1])", v => Set(() => v["x"] = v["x"], v["x"]));
        yield return Case("CallMethod", $"{Procs}\np", v => Text(v.CallMethod("twice", 3)));
        yield return Case("CallMethod of a list", "[3, 1, 2]", v => Text(v.CallMethod("map", LyraValue.From((int x) => x + 1))));
        yield return Case("Freeze", Nested, v => Text(v.Freeze()));
        yield return Case("Freeze a cycle", "var a = [1]; a.push(a); a", v => v.Freeze().Length.ToString());
        yield return new("CopyTo", engine =>
        {
            LyraEngine other = new();
            LyraValue value = other.Run($"struct P {{ x }}\n[P([1]), {Nested.Trim()}, set([1])]");
            engine.Run("struct P { x }");
            return () => value.CopyTo(engine).Length.ToString();
        });
    }

    private static IEnumerable<HostCall> Calls()
    {
        yield return WithProcs("Call", engine => engine.Call("make", 30).Length.ToString());
        yield return WithProcs("Call with a list", engine => engine.Call("sum", LyraValue.From(Numbers)).ToString());
        yield return WithProcs("Call of a struct", engine => engine.Call("P", 5)["x"].ToString());
        yield return WithProcs("Call of many arguments", engine =>
            engine.Invoke(engine.Run("(...xs) => length(xs)"), [.. Numbers.Select(n => (LyraValue)n)]).ToString());
        yield return WithProcs("Call of an async proc", engine => Text(engine.Call("later", 3)));
        yield return WithProcs("CallAsync", engine => Text(engine.CallAsync("later", 3).GetAwaiter().GetResult()));
        yield return WithProcs("Invoke", engine => engine.Globals["make"].Invoke(25).Length.ToString());
        yield return WithProcs("Invoke a builtin", engine =>
            engine.Invoke(engine.Run("sorted"), engine.Globals["items"]).Length.ToString());
        yield return WithProcs("GetProc", engine => engine.GetProc<Func<int[], int>>("sum")([.. Numbers]).ToString());
        yield return WithProcs("GetProc of a table", engine =>
            string.Join(",", engine.GetProc<Func<int, Dictionary<string, int>>>("table")(30).Keys));
        yield return WithProcs("GetProc of a task", engine =>
            engine.GetProc<Func<int, Task<List<LyraValue>>>>("later")(5).GetAwaiter().GetResult().Count.ToString());
        yield return WithProcs("read globals", engine => string.Join(",", engine.Globals["items"].As<List<object[]>>().Count));
        yield return WithProcs("write globals", engine =>
        {
            engine.Globals["g"] = LyraValue.From(Table);
            return engine.Run("length(g)").ToString();
        });
        yield return WithProcs("define a value", engine =>
        {
            engine.Define("g", new List<int>(Numbers));
            return engine.Run("sum(g)").ToString();
        });
    }

    private static IEnumerable<HostCall> Delegates()
    {
        yield return With("array", (int[] xs) => xs.Length, "var n = 0; for i in 0..60 { n += f([i, 2]) }; n");
        yield return With("arrays", (int[] a, List<string> b) => a.Length + b.Count,
            "var n = 0; for i in 0..60 { n += f([i], [\"b\"]) }; n");
        yield return With("dictionary", (Dictionary<string, int> m) => m.Count, "var n = 0; for i in 0..60 { n += f({\"a\": i}) }; n");
        yield return With("record", (Tree t) => t.Items.Length,
            "var n = 0; for i in 0..60 { n += f({\"name\": \"a\", \"items\": [i]}) }; n");
        yield return With("json", (JsonElement e) => e.GetArrayLength(), "var n = 0; for i in 0..60 { n += f([i, \"x\"]) }; n");
        yield return With("result", (int n) => Enumerable.Range(0, n).ToArray(), "var n = 0; for i in 0..60 { n += length(f(i)) }; n");
        yield return With("table", (int n) => Table, "var n = 0; for i in 0..60 { n += length(f(i)) }; n");
        yield return With("text", (string s) => s + s, "var n = 0; for i in 0..60 { n += length(f(\"x${i}\")) }; n");
        yield return With("conversion", (LyraValue v) => v.As<int[]>().Sum(), "var n = 0; for i in 0..60 { n += f([i, 1]) }; n");
        yield return With("task", (int[] xs) => Task.FromResult(xs), "var n = 0; for i in 0..60 { n += length(await f([i])) }; n");
        yield return With("callback", (Func<int, int[]> g) => g(3).Length, "var n = 0; for i in 0..60 { n += f(x => [x, i]) }; n");
        yield return With("iterator", (IEnumerable<int> xs) => xs.Sum(), "var n = 0; for i in 0..60 { n += f([i, 1]) }; n");
        yield return new("object", engine =>
        {
            engine.DefineType<Point>(new LyraTypeOptions { Members = LyraMembers.All });
            engine.Define("o", new Point { X = 3 });
            return () => engine.Run("""
                var n = 0
                for i in 0..60 { o.names = ["a", "b${i}"]; n += length(o.text([i])) + length(o.names) + length(o.text("x")) }
                n
                """).ToString();
        });
    }

    private static IEnumerable<HostCall> Work()
    {
        const string source = $"{Procs}\nmatch length(items) {{ 1 => 2; 7 => 3; _ => sum([1, 2]) }}\nlength(make(3))";
        LyraScript script = LyraScript.Compile(source);
        byte[] saved = Saved(script);
        yield return new("Compile", _ => () => LyraScript.Compile(source).Disassemble());
        yield return new("Compile at level 3", _ => () => LyraScript.Compile(source, optimizationLevel: 3).Disassemble());
        yield return new("Compile an invalid source", _ => () => Rejected("let a = b\nlet = 3\nproc f( {"));
        yield return new("Check", engine => () => engine.Check(source).Count.ToString());
        yield return new("Check an invalid source", engine => () => string.Join(";", engine.Check("let a = b\nlet = 3")));
        yield return new("Save", _ => () => Convert.ToHexString(Saved(script)));
        yield return new("Load", _ => () => LyraScript.Load(new MemoryStream(saved)).Disassemble());
        yield return new("run a source", engine => () => engine.Run(source).ToString());
        yield return new("run a loaded script", engine =>
        {
            LyraScript loaded = LyraScript.Load(new MemoryStream(saved));
            return () => engine.Run(loaded).ToString();
        });
        yield return new("RunAsync", engine => () =>
            engine.RunAsync($"{Procs}\nlength(await later(3))").GetAwaiter().GetResult().ToString());
        yield return new("import", engine => () => Text(engine.Run("import \"shared\" as s\ns.twice(s.base)")));
        yield return new("session", engine =>
        {
            LyraSession session = new(engine);
            session.Run("var kept = [1]");
            return () => session.Run("proc g(xs) { return xs + kept }\nlength(g([2, 3]))").ToString();
        });
        yield return new("Reset", engine =>
        {
            engine.Define("g", new List<int>(Numbers));
            return () =>
            {
                engine.Run("var other = length(g)");
                engine.Reset();
                return string.Join(",", engine.Globals.Keys);
            };
        });
    }

    private static HostCall As<T>(string source) =>
        Case($"As<{typeof(T)}> of {source.ReplaceLineEndings(" ")}", source, v => Shown(v.As<T>()));

    private static HostCall From<T>(string name, T value) =>
        new($"From a {name}", _ => () => Text(LyraValue.From(value)));

    private static HostCall Case(string name, string source, Func<LyraValue, string> call) =>
        new(name, engine =>
        {
            LyraValue value = engine.Run(source);
            return () => call(value);
        });

    private static HostCall WithProcs(string name, Func<LyraEngine, string> call) =>
        new(name, engine =>
        {
            engine.Run(Procs);
            return () => call(engine);
        });

    private static HostCall With(string name, Delegate function, string source) =>
        new($"delegate: {name}", engine =>
        {
            engine.Define("f", function);
            return () => engine.Run(source).ToString();
        });

    private static string Shown(object? value) => value switch
    {
        string text => text,
        LyraValue script => Text(script),
        KeyValuePair<LyraValue, LyraValue> entry => $"{Text(entry.Key)}: {Text(entry.Value)}",
        JsonElement element => element.GetRawText(),
        JsonNode node => node.ToJsonString(),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Shown))}]",
        _ => $"{value}",
    };

    /// <summary>The literal form, which says that the memory was refused where other calls throw.</summary>
    private static string Text(LyraValue value)
    {
        string text = value.ToString();
        return text.Contains(" memory", StringComparison.Ordinal) ? throw LyraException.From(ErrorObject.MemoryRefused()) : text;
    }

    private static byte[] Saved(LyraScript script)
    {
        using MemoryStream stream = new();
        script.Save(stream);
        return stream.ToArray();
    }

    private static string Rejected(string source)
    {
        try
        {
            return LyraScript.Compile(source).Disassemble();
        }
        catch (LyraCompileException e)
        {
            return string.Join(';', e.Diagnostics);
        }
    }

    private static string Set(Action set, LyraValue shown)
    {
        set();
        return Text(shown);
    }
}
