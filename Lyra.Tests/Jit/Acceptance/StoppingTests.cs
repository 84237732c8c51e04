using System;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>
/// Compiled loops stop at a timeout and when they are cancelled. <c>Lyra.Bench latency</c> measures the delay; see docs/benchmarks.md.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class StoppingTests
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(250);

    public static TheoryData<string> Loops() =>
    [
        "while true { }",
        "var n = 0\nwhile true { n += 1 }",
        "while true { for i in 0..1000000 { } }",
        "proc f(n) { return n * 3 + 1 }\nvar n = 0\nwhile true { n = f(n) % 1000 }",
        "proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }\nwhile true { fib(20) }",
        "var xs = []\nwhile true { if length(xs) > 1000 { xs.clear() }; xs.push(length(xs)) }",
        "var xs = [3, 1, 2] * 1000\nwhile true { xs.sort(); xs.reverse() }",
        "var s = \"\"\nwhile true { if length(s) > 1000 { s = \"\" }; s += \"x\" }",
        "var m = {}\nvar n = 0\nwhile true { m[n % 100] = n; n += 1 }",
        "var xs = list(0..1000)\nwhile true { xs.map(x => x + 1).filter(x => x % 2 == 0) }",
    ];

    [Theory]
    [SweepData(nameof(Loops))]
    public void The_time_limit_stops_a_compiled_loop(string source)
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, Limits = new LyraLimits { Timeout = Time } });

        LyraLimitException stopped = Should.Throw<LyraLimitException>(() => engine.Run(source));

        stopped.Limit.ShouldBe(LimitKind.Time);
        ShouldHaveRunCompiled(engine);
    }

    [Theory]
    [SweepData(nameof(Loops))]
    public async Task A_cancellation_from_another_thread_stops_a_compiled_loop(string source)
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20 });
        using CancellationTokenSource source2 = new();
        TaskCompletionSource compiled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.JitEvents += e => _ = e.Kind == LyraJitEventKind.Compiled && compiled.TrySetResult();
        Task<LyraCanceledException> run =
            Task.Run(() => Should.Throw<LyraCanceledException>(() => engine.Run(source, "loop.lyra", source2.Token)));

        // On a busy machine, code is compiled late.
        await Task.WhenAny(run, compiled.Task, Task.Delay(TimeSpan.FromMinutes(1)));
        await Task.Delay(Time);
        await source2.CancelAsync();

        (await run).CancellationToken.ShouldBe(source2.Token);
        ShouldHaveRunCompiled(engine);
    }

    private static void ShouldHaveRunCompiled(LyraEngine engine)
    {
        JitStatistics jit = engine.Statistics.Jit;
        jit.TracesCompiled.ShouldBeGreaterThan(0);
        jit.CompiledSteps.ShouldBeGreaterThan(0);
    }
}
