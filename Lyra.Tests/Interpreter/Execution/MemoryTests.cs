using System.IO;
using System.Linq;
using System.Numerics;
using System.Threading.Tasks;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>The memory limit counts every reachable object of a script and no garbage.</summary>
public class MemoryTests
{
    private const long Limit = 8_000_000;

    public static TheoryData<string> Growth =>
    [
        "var xs = []\nwhile true { xs.push(1) }",
        "var xs = []\nwhile true { xs.push(\"a${length(xs)}\") }",
        "var xs = [1]\nwhile true { xs.extend(xs.copy()) }",
        "var xs = [1.5]\nwhile true { xs = xs + xs }",
        "var xs = list(0..1000) * 100_000",
        "var xs = []\nwhile true { xs.insert(length(xs), nil) }",
        "var m = {}\nfor i in 0..10 ** 9 { m[i] = i }",
        "var s = set([])\nfor i in 0..10 ** 9 { s.add(i) }",
        "var s = \"\"\nwhile true { s += \"abc\" }",
        "var s = \"abc\" * 100_000_000",
        "var s = \"abc\"\nwhile true { s = \"${s}${s}\" }",
        "var xs = list(0..100_000)\nvar kept = []\nwhile true { kept.push(xs[1..]) }",
        "var n = 1 << 1_000_000_000",
        "var kept = []\nwhile true { var x = length(kept); kept.push(() => x) }",
        "var kept = []\nproc g(x) { yield x }\nwhile true { var it = g(length(kept)); next(it); kept.push(it) }",
        "proc f(x) { return x }\nwhile true { spawn f(1) }",
        "async proc f() { await sleep(10 ** 6) }\nwhile true { f() }",
        "async proc f() { var s = \"x\" * 10_000; await sleep(10 ** 6); return s }\nwhile true { f() }",
        "async proc f() { var s = \"x\" * 10_000; await never(); return s }\nwhile true { f() }",
        "async proc f() { var s = \"x\" * 10_000; await gather([sleep(10 ** 6), sleep(10 ** 6)]); return s }\nwhile true { f() }",
        "async proc f() { var s = \"x\" * 10_000; await race([never()]); return s }\nwhile true { f() }",
        "var c = chan(0)\nasync proc f() { var s = \"x\" * 10_000; await c.recv(); return s }\nwhile true { f() }",
        "async proc a() { var s = \"x\" * 10_000; await sleep(10 ** 6); return s }\nasync proc b() { await a() }\nwhile true { b() }",
        "var kept = []\nfor i in 0..100 { kept.push(hostInt()) }",
        "var kept = []\nfor i in 0..100 { kept.push(hostValue()) }",
        "var kept = []\nfor i in 0..100 { kept.push(await hostTask()) }",
        "hostTexts()",
        "hostMap()",
        "var c = chan(10 ** 9)\nwhile true { c.send(\"x\" * 1000) }",
        "struct P {\n    x\n    y = 1\n}\nvar kept = []\nwhile true { kept.push(P(1)) }",
        "sorted(range(0, 10 ** 8))",
        "list(0..200_000).map(x => \"text ${x}\")",
        "list(0..10 ** 8).filter(x => true)",
        "zip(range(0, 10 ** 8), range(0, 10 ** 8))",
        "enumerate(\"x\" * 1_000_000)",
        "(\"a,\" * 1_000_000).split(\",\")",
        "import json\njson.parse(\"[\" + \"[1],\" * 200_000 + \"1]\")",
        "bytes(10 ** 8)",
        "var b = bytes(1000)\nvar kept = []\nwhile true { kept.push(b[0..]) }",
        "var kept = []\nproc f() { var n = 0; kept.push(() => { n += 1 }) }\nwhile true { f() }",
        "proc f(n) { return f(n + 1) + 1 }\nf(0)",
        "proc g(n) { for x in g(n + 1) { yield x } }\nnext(g(0))",
        "var t = ()\nwhile true { t = t + tuple(range(1000)) }",
        "var e1 = error(\"K\", \"m\")\nwhile true { e1 = error(\"K\", \"m\", e1) }",
        "var f = 1\nwhile true { f = [f].push }",
        "struct P { a; b; c; d; e; f; g; h; i; j; k; l; m; n; o; p; q; r }\nvar kept = []\n"
            + "while true { kept.push(P(...list(1..18), \"x\" * 10_000)) }",
        "var fs = list(0..40_000).map(x => () => x)\nfor f in fs { hash(f) }\nfor i in 0..100 { var s = \"x\" * 1_000_000 }",
    ];

    public static TheoryData<string> Garbage =>
    [
        "for i in 0..8 { var xs = list(0..100_000); xs = nil; var s = \"ab\" * 1_000_000 }",
        "var s = \"\"\nfor i in 0..200 { s = \"x\" * 1_000_000 }",
        "var xs = []\nfor i in 0..200_000 { xs = [i, \"text ${i}\"] }",
        "var n = 0\nfor i in 0..300 { n = 3 ** 100_000 }",
        "proc g(n) { for i in 0..n { yield [i] } }\nfor i in 0..200 { for x in g(1000) { } }",
        "async proc f(n) { var s = \"x\" * 100_000; await sleep(0); return length(s) }\nfor i in 0..400 { await f(i) }",
        "proc f(n) { return n }\nfor i in 0..100_000 { await spawn f(i) }",
        "var m = {}\nfor i in 0..300_000 { m[i] = i; m.remove(i - 10) }",
        "struct P {\n    x\n}\nvar p = nil\nfor i in 0..400_000 { p = P(p); if i % 100 == 0 { p = nil } }",
        "var fs = []\nfor i in 0..300_000 { fs = [() => i] }",
        "for i in 0..200_000 { try { throw \"text ${i}\" } catch e { } }",
        "for i in 0..200_000 { hash(() => i) }",
    ];

    /// <summary>Programs that allocate six million bytes at a time; only dead registers hold the previous allocations.</summary>
    public static TheoryData<string> DeadRegisters =>
    [
        "proc big() { return \"x\" * 3_000_000 }\nproc pad(a, b) { return length(big()) + a }\nproc f() { var n = pad(1, 2); var t = "
            + "big(); return length(t) + n }\nfor i in 0..4 { f() }",
        "proc big() { return \"x\" * 3_000_000 }\nproc f() { var s = big(); s = nil; s = big(); s = 1; return big() }\nf()\nf()",
        "proc big() { return \"x\" * 3_000_000 }\nproc g() { var s = big(); yield length(s); s = nil; yield length(big()) }\n"
            + "for x in g() { }",
        "proc big() { return \"x\" * 3_000_000 }\nasync proc f() { var s = big(); await sleep(0); return length(s) }\nfor i in 0..3 { "
            + "await f() }",
        "proc big() { return \"x\" * 3_000_000 }\nproc g() { yield big(); yield 1 }\nfor x in g() { type(x); x = nil; big() }",
        "if true { var s = \"x\" * 850_000; for i in [1] { s = (s * 2) + \"y\" } }",
    ];

    [Theory]
    [MemberData(nameof(Growth))]
    public void Unbounded_growth_trips_the_limit(string source) => ShouldTrip(Engine(), source);

    /// <summary>Multiplying ints takes more than linear time, so the limit is smaller here.</summary>
    [Theory]
    [InlineData("var n = 3\nwhile true { n *= n }")]
    [InlineData("var n = 7 ** 4_000_000")]
    public void Unbounded_growth_of_an_int_trips_the_limit(string source) => ShouldTrip(Engine(limit: 1_000_000), source);

    private static void ShouldTrip(LyraEngine engine, string source)
    {
        using LyraEngine disposed = engine;
        LyraLimitException e = Scripts.ShouldExceedLimit(engine, source);
        e.Limit.ShouldBe(LimitKind.Memory);
        e.Kind.ShouldBe("LimitExceeded");
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public void Garbage_does_not_count(string source)
    {
        using LyraEngine engine = Engine();
        engine.Run(source + "\n5").As<int>().ShouldBe(5);
    }

    [Theory]
    [MemberData(nameof(DeadRegisters))]
    public void Objects_held_only_by_dead_registers_do_not_count(string source)
    {
        foreach (int level in Scripts.Levels)
        {
            using LyraEngine engine = Engine(level);
            engine.Run(source + "\n5").As<int>().ShouldBe(5, $"-O{level}");
        }
    }

    /// <summary>The str and the error share one text, which counts once.</summary>
    [Theory]
    [InlineData("throw s")]
    [InlineData("throw error(s)")]
    [InlineData("throw error(\"K\", s)")]
    [InlineData("assert(false, s)")]
    public void A_str_over_half_of_the_limit_can_be_thrown(string statement)
    {
        using LyraEngine engine = Engine();
        string source = $"let s = \"x\" * 2_500_000\nvar n = 0\ntry {{ {statement} }} catch e {{ n = length(e.message) + length(s) }}\nn";
        engine.Run(source).As<int>().ShouldBe(5_000_000);
    }

    [Fact]
    public void Usage_just_below_the_limit_is_allowed()
    {
        using LyraEngine engine = Engine();
        engine.Run("var s = \"x\" * 3_800_000\nlength(s)").As<int>().ShouldBe(3_800_000);
        Scripts.ShouldExceedLimit(engine, "var t = \"x\" * 300_000").Limit.ShouldBe(LimitKind.Memory);
        engine.Run("s = nil\nvar t = \"x\" * 3_800_000\nlength(t)").As<int>().ShouldBe(3_800_000);
    }

    [Fact]
    public void Objects_of_earlier_runs_count()
    {
        using LyraEngine engine = Engine();
        engine.Run("var kept = \"x\" * 3_000_000");
        Scripts.ShouldExceedLimit(engine, "var more = \"x\" * 3_000_000").Limit.ShouldBe(LimitKind.Memory);
        engine.Globals["kept"] = LyraValue.Nil;
        engine.Run("var more = \"x\" * 3_000_000\nlength(more)").As<int>().ShouldBe(3_000_000);
    }

    [Fact]
    public void Finally_may_use_a_tenth_more()
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = Scripts.Engine(output, limits: new LyraLimits { MaxMemoryBytes = Limit });
        Should.Throw<LyraLimitException>(() => engine.Run(
            "var xs = []\ntry { while true { xs.push(\"a${length(xs)}\") } } finally { var s = \"x\" * 100_000; print(length(s)) }"));
        output.ToString().ShouldBe("100000\n");
    }

    private static LyraEngine Engine(int level = 2, long limit = Limit)
    {
        LyraLimits limits = new() { MaxMemoryBytes = limit, MaxFrames = 1_000_000 };
        LyraEngine engine = Scripts.Engine(TextWriter.Null, level, limits);
        engine.Define("never", () => new TaskCompletionSource<int>().Task);
        engine.Define("hostInt", () => BigInteger.One << 8_000_000);
        engine.Define("hostValue", () => (LyraValue)new string('x', 500_000));
        engine.Define("hostTask", async () =>
        {
            await Task.Yield();
            return BigInteger.One << 8_000_000;
        });
        engine.Define("hostTexts", () => Enumerable.Range(0, 1_000).Select(i => new string('x', 10_000)));
        engine.Define("hostMap", () => Enumerable.Range(0, 1_000).ToDictionary(i => i, i => new string('x', 10_000)));
        return engine;
    }
}
