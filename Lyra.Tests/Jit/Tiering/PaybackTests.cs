using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>A loop or proc is compiled when interpreting it has taken as long as compiling it will.</summary>
public sealed class PaybackTests
{
    private const string Branches = """
        var i = 0
        var s = 0
        while i < N {
            if i % 2 == 0 { s += 1; s -= 2; s += 3 } else { s += 4; s -= 5; s += 6 }
            i += 1
        }
        print(s, is_compiled)
        """;

    private static TieredRun Run(int iterations, int paybackSteps) => new(
        Branches.Replace("N", iterations.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
        new TierOptions { HotLoop = 10, HotProc = 1_000_000, PaybackSteps = paybackSteps },
        (profile, version) => RegionSamples.Idle(profile, version));

    /// <summary>Without a price it is compiled when it is hot; otherwise, when it has paid, it is recorded again and compiled.</summary>
    [Theory]
    [InlineData(150, 200, 1, false)]
    [InlineData(1_000, 200, 2, true)]
    [InlineData(150, 0, 1, true)]
    public void A_loop_is_compiled_when_it_has_paid(int iterations, int paybackSteps, int recordings, bool isCompiled)
    {
        TieredRun run = Run(iterations, paybackSteps);

        run.Output.ShouldBe($"{iterations * 7 / 2} {(isCompiled ? "true" : "false")}\n");
        run.Counters.Compiled.ShouldBe(isCompiled ? 1 : 0);
        run.Events.Count(e => e.Kind == TierEventKind.Recorded).ShouldBe(recordings);
    }

    /// <summary>Otherwise it would get a region of its own, and the loop a call where it inlines the proc now.</summary>
    [Fact]
    public void A_proc_that_a_waiting_loop_calls_waits_too()
    {
        List<TierEvent> events = EventsOf("""
            proc half(x) { return x / 2 }
            var s = 0
            for i in 0..600 { s += half(i) }
            print(s)
            """);

        events.Where(e => e.Kind == TierEventKind.Compiled).ShouldHaveSingleItem().Code.Prototype.Name.ShouldNotBe("half");
        events.ShouldNotContain(e => e.Kind == TierEventKind.Recorded && e.Code.Prototype.Name == "half");
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(16, true)]
    public void A_proc_is_compiled_when_its_calls_have_paid(int n, bool isCompiled)
    {
        List<TierEvent> events = EventsOf($$"""
            proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }
            print(fib({{n}}))
            """);

        events.ShouldContain(e => e.Kind == TierEventKind.Recorded);
        events.Any(e => e.Kind == TierEventKind.Compiled).ShouldBe(isCompiled);
    }

    /// <summary>The events of a run in which a loop or proc must have paid 300 steps for each instruction.</summary>
    private static List<TierEvent> EventsOf(string source)
    {
        List<TierEvent> events = [];
        _ = new ScriptRun(source, new ScriptSetup
        {
            Tiers = new TierOptions { HotLoop = 10, HotProc = 20, PaybackSteps = 300 },
            Controller = (host, options) => new TierController(host, options) { Observer = events.Add },
        });
        return events;
    }
}
