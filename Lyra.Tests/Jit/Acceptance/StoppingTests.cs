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
    private const int LooksInCompiledCode = 50;

    /// <summary>The limit of steps fails the test of a loop that is never compiled.</summary>
    private static readonly LyraLimits Limits = new() { Timeout = TimeSpan.FromMilliseconds(250), MaxSteps = 5_000_000_000 };

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
        LookClock clock = LookClock.Of(Limits.Timeout!.Value);
        clock.IsStopped = true;
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, Limits = Limits, LimitClock = clock });
        engine.JitEvents += e => clock.IsStopped &= e.Kind != LyraJitEventKind.Compiled;

        LyraLimitException stopped = Should.Throw<LyraLimitException>(() => engine.Run(source));

        stopped.Limit.ShouldBe(LimitKind.Time);
        ShouldHaveRunCompiled(engine);
    }

    [Theory]
    [SweepData(nameof(Loops))]
    public async Task A_cancellation_from_another_thread_stops_a_compiled_loop(string source)
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, Limits = new LyraLimits { MaxSteps = Limits.MaxSteps } });
        using CancellationTokenSource source2 = new();
        TaskCompletionSource runsCompiled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int looks = 0;
        bool isCompiled = false;
        engine.JitEvents += e => isCompiled |= e.Kind == LyraJitEventKind.Compiled;
        engine.Limiter.Looked = _ =>
        {
            if (isCompiled && ++looks == LooksInCompiledCode)
            {
                runsCompiled.SetResult();
            }
        };
        Task<LyraCanceledException> run =
            Task.Run(() => Should.Throw<LyraCanceledException>(() => engine.Run(source, "loop.lyra", source2.Token)));

        await Task.WhenAny(run, runsCompiled.Task);
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
