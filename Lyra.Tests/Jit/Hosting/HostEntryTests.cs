using System;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>
/// Calls by the host count like any other's: a proc that only the host calls is compiled, and its compiled code is entered.
/// </summary>
public sealed class HostEntryTests : IDisposable
{
    private readonly LyraEngine _engine = new(new LyraOptions { HotProcThreshold = 20, CompilesInBackground = false });

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_small_proc_that_only_the_host_calls_runs_compiled()
    {
        _engine.Run("proc price(unit: float, count: int) -> float { return unit * count }\nproc nothing() { }");
        Func<double, int, double> price = _engine.GetProc<Func<double, int, double>>("price");
        for (int i = 0; i < 200; i++)
        {
            price(2.5, i).ShouldBe(2.5 * i);
            _engine.Call("nothing").IsNil.ShouldBeTrue();
        }

        JitStatistics before = _engine.Statistics.Jit;
        for (int i = 0; i < 10_000; i++)
        {
            price(1.5, i).ShouldBe(1.5 * i);
            _engine.Call("nothing");
        }

        JitStatistics after = _engine.Statistics.Jit;
        (after.Steps - before.Steps).ShouldBeGreaterThanOrEqualTo(20_000);
        (after.CompiledSteps - before.CompiledSteps).ShouldBe(after.Steps - before.Steps);
    }

    [Fact]
    public void Steps_results_and_errors_are_those_of_the_interpreter()
    {
        const string source =
            """
            var log = []
            proc back(n) { return n }
            proc work(n) {
                if n % 7 == 3 { throw "seven ${n}" }
                if n % 11 == 5 { return back("text") }
                if n % 13 == 6 { return host(n) }
                log.push(n)
                return n * 2
            }
            """;
        string[] results = Array.ConvertAll(new[] { JitMode.Off, JitMode.On, JitMode.Stress }, mode =>
        {
            using LyraEngine engine = new(new LyraOptions
            {
                Jit = mode,
                HotProcThreshold = 5,
                HotExitThreshold = 2,
                CompilesInBackground = false,
                Limits = new LyraLimits { MaxSteps = 1_000, MaxFrames = 20, MaxMemoryBytes = 1 << 20 },
            });
            engine.Define("host", (LyraEngine inner, int n) => n == 6 ? 0 : inner.Call("back", n + 1).As<int>());
            engine.Run(source);
            Func<int, LyraValue> work = engine.GetProc<Func<int, LyraValue>>("work");
            string text = string.Empty;
            for (int i = 0; i < 400; i++)
            {
                try
                {
                    text += work(i) + "\n";
                }
                catch (LyraException e)
                {
                    text += $"{e.Message} {e.Line} {string.Join(' ', e.ScriptTrace)}\n";
                }
            }

            return $"{text}{engine.Globals["log"].Length} {engine.Statistics.Jit.Steps}";
        });
        results[1].ShouldBe(results[0]);
        results[2].ShouldBe(results[0]);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Limits_hold_for_each_call(JitMode mode)
    {
        using LyraEngine engine = new(new LyraOptions
        {
            Jit = mode,
            HotProcThreshold = 5,
            CompilesInBackground = false,
            Limits = new LyraLimits { MaxSteps = 2_000, MaxFrames = 60, MaxMemoryBytes = 1 << 20 },
        });
        engine.Run(
            """
            proc spin(n) { var i = 0; while i < n { i += 1 }; return i }
            proc deep(n) { return if n == 0 { 0 } else { 1 + deep(n - 1) } }
            proc grow(n) { let xs = []; for i in 0..n { xs.push([i, i]) }; return length(xs) }
            """);
        Func<int, int> spin = engine.GetProc<Func<int, int>>("spin");
        Func<int, int> deep = engine.GetProc<Func<int, int>>("deep");
        for (int i = 0; i < 50; i++)
        {
            spin(400).ShouldBe(400);
            Should.Throw<LyraLimitException>(() => spin(1_000_000)).Limit.ShouldBe(LimitKind.Steps);
            deep(50).ShouldBe(50);
            Should.Throw<LyraLimitException>(() => deep(70)).Limit.ShouldBe(LimitKind.Frames);
        }

        using LyraEngine small = new(new LyraOptions
        {
            Jit = mode,
            HotProcThreshold = 5,
            CompilesInBackground = false,
            Limits = new LyraLimits { MaxMemoryBytes = 1 << 20 },
        });
        small.Run("proc grow(n) { let xs = []; for i in 0..n { xs.push([i, i]) }; return length(xs) }");
        Func<int, int> grow = small.GetProc<Func<int, int>>("grow");
        for (int i = 0; i < 20; i++)
        {
            grow(1_000).ShouldBe(1_000);
            Should.Throw<LyraLimitException>(() => grow(1_000_000)).Limit.ShouldBe(LimitKind.Memory);
        }
    }
}
