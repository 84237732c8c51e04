using BenchmarkDotNet.Attributes;

namespace Lyra.Bench;

#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup method

/// <summary>
/// Single mechanisms of both tiers, each in a loop of a script; the empty loop shows the cost of the loop itself. With the JIT on, the
/// warm-up compiles the loop. Compiled code may drop what a loop does without effect.
/// </summary>
public class MicroBenchmarks
{
    private const int Count = 100_000;

    private const string Source = """
        struct Point { x = 1; y = 2; proc sum(self) { return self.x + self.y } }
        proc one() { return 1 }
        proc emptyLoop(n) { for i in 0..n { } }
        proc intAdd(n) { var s = 0; for i in 0..n { s += i }; return s }
        proc floatAdd(n) { var s = 0.0; for i in 0..n { s += 1.5 }; return s }
        proc fieldGet(n) { let p = Point(); var s = 0; for i in 0..n { s = p.x }; return s }
        proc methodCall(n) { let p = Point(); var s = 0; for i in 0..n { s = p.sum() }; return s }
        proc directCall(n) { for i in 0..n { one() } }
        proc lambdaCall(n) { let f = () => 1; for i in 0..n { f() } }
        proc builtinCall(n) { let xs = [1]; for i in 0..n { length(xs) } }
        proc mapGet(n) { let m = {"alpha": 1, "beta": 2}; var s = 0; for i in 0..n { s = m["beta"] }; return s }
        proc mapSet(n) { let m = {}; for i in 0..n { m[i] = i }; return m }
        proc listGet(n) { let xs = [1, 2, 3]; var s = 0; for i in 0..n { s = xs[1] }; return s }
        proc listPush(n) { var xs = []; for i in 0..n { xs.push(i) }; return xs }
        proc textGrow(n) { var s = ""; for i in 0..n { s += "x" }; return s }
        proc charAt(n) { let t = "abc"; var s = 0; for i in 0..n { if t[1] == "b" { s += 1 } }; return s }
        proc throwCatch(n) { for i in 0..n { try { throw "x" } catch e { } } }
        proc generator(n) { var s = 0; for x in count(n) { s += x }; return s }
        proc count(n) { for i in 0..n { yield i } }
        """;

    private LyraEngine _engine = null!;

    [Params(
        "emptyLoop", "intAdd", "floatAdd", "fieldGet", "methodCall", "directCall", "lambdaCall", "builtinCall", "mapGet", "mapSet",
        "listGet", "listPush", "textGrow", "charAt", "throwCatch", "generator")]
    public string Mechanism { get; set; } = "";

    [Params(JitMode.Off, JitMode.On)]
    public JitMode Jit { get; set; }

    [GlobalSetup]
    public void Compile()
    {
        _engine = new LyraEngine(new LyraOptions { Jit = Jit });
        _engine.Run(Source, "micro.lyra");
    }

    [GlobalCleanup]
    public void DisposeEngine() => _engine.Dispose();

    [Benchmark(OperationsPerInvoke = Count)]
    public LyraValue Iteration() => _engine.Call(Mechanism, Count);
}
