using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
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

    private static TieredRun Run(int iterations, int paybackSteps, int paybackBase = 0, int coldFactor = 0) => new(
        Branches.Replace("N", iterations.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
        new TierOptions
        {
            HotLoop = 10,
            HotProc = 1_000_000,
            PaybackSteps = paybackSteps,
            PaybackBase = paybackBase,
            ColdFactor = coldFactor,
        },
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

    /// <summary>A loop of any size pays for its region, and the first one for loading the compiler.</summary>
    [Theory]
    [InlineData(1_000, 50_000, 0, false)]
    [InlineData(10_000, 50_000, 0, true)]
    [InlineData(10_000, 50_000, 9, false)]
    [InlineData(100_000, 50_000, 9, true)]
    public void The_first_region_costs_most(int iterations, int paybackBase, int coldFactor, bool isCompiled) =>
        (Run(iterations, 1, paybackBase, coldFactor).Counters.Compiled > 0).ShouldBe(isCompiled);

    /// <summary>The inner loop has not paid when the proc around it is compiled, and never does then: compiled code runs it.</summary>
    [Fact]
    public void A_proc_that_compiled_code_calls_waits_for_no_loop()
    {
        List<TierEvent> events = EventsOf("""
            proc apply(fs, n) {
                var t = n
                for f in fs { t = f(t) }
                return t
            }
            let fs = [
                x => x + 1, x => x * 2 % 1000003, x => x - 3, x => x ^ 5, x => x + 7, x => x * 3 % 1000003,
                x => x + 2, x => x * 5 % 1000003, x => x - 4, x => x ^ 6, x => x + 8, x => x * 7 % 1000003,
            ]
            var s = 0
            for i in 0..20000 { s += apply(fs[i % 10..i % 10 + 2], i) }
            print(s)
            """, paybackSteps: 1, paybackBase: 10_000);

        events.Count(e => e.Kind == TierEventKind.Compiled && e.Code.Prototype.Name == "<lambda>").ShouldBeGreaterThan(3);
    }

    /// <summary>Where compiled code executes the iterations of a loop, it never gets hotter, so nothing may wait for it.</summary>
    [Fact]
    public void A_delayed_loop_counts_only_where_it_is_interpreted()
    {
        LinkedPrototype main = new TieredRun("for i in 0..9 { print(i) }").Main;
        PrototypeTier tier = PrototypeTier.Of(main);
        int body = Array.FindIndex(main.Prototype.Code, i => i.Op == Opcode.ForLoop) - 1;
        tier.LoopsAt(body, countsDelayed: true).ShouldBe((true, false));

        HotRegion loop = tier.LoopOf(0, body);
        loop.BeginRecording();
        loop.EndRecording(1);
        loop.Delay(1_000);

        tier.LoopsAt(body, countsDelayed: true).ShouldBe((true, true));
        tier.LoopsAt(body, countsDelayed: false).ShouldBe((true, false));
        tier.LoopsAt(main.Prototype.Code.Length - 1, countsDelayed: true).ShouldBe((false, false));
    }

    /// <summary>
    /// Each entry of a compiled loop warms the loop around it. One that waits until it has paid is not recorded again for that.
    /// </summary>
    [Fact]
    public void A_loop_around_compiled_ones_is_recorded_twice()
    {
        List<TierEvent> events = EventsOf("""
            var s = 0
            var i = 0
            while i < 2000 {
                for j in 0..30 { s += j & i }
                if i % 2 == 0 { s += 1; s -= 2; s += 3 } else { s += 4; s -= 5; s += 6 }
                i += 1
            }
            print(s)
            """);

        events.Where(e => e.Kind == TierEventKind.Compiled).Select(e => e.Pc).Distinct().Count().ShouldBe(2);
        events.Where(e => e.Kind == TierEventKind.Recorded && e.Detail.Length == 0).GroupBy(e => e.Pc).Select(loop => loop.Count())
            .ShouldBe([2, 2]);
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

    /// <summary>What a recording saw of a call that is too long for it tells what the call costs.</summary>
    [Fact]
    public void A_proc_of_long_calls_is_compiled_when_they_have_paid()
    {
        string steps = string.Concat(Enumerable.Repeat("    x = x * 3 % 1009\n", 40));
        List<TierEvent> events = [];
        string source = $"proc step(x) {{\n    if x % 4 != 3 {{ return x }}\n{steps}    return x\n}}\nfor i in 0..3000 {{ step(i) }}";
        _ = new ScriptRun(source, new ScriptSetup
        {
            Tiers = new TierOptions
            {
                HotLoop = 1_000_000,
                HotProc = 20,
                PaybackSteps = 300,
                Recording = new RecordingLimits { MaxInstructions = 20 },
            },
            Controller = (host, options) => new TierController(host, options) { Observer = events.Add },
        });

        events.ShouldContain(e => e.Kind == TierEventKind.Compiled && e.Code.Prototype.Name == "step");
    }

    /// <summary>The events of a run in which a loop or proc must have paid 300 steps for each instruction, or as given.</summary>
    private static List<TierEvent> EventsOf(string source, int paybackSteps = 300, int paybackBase = 0)
    {
        List<TierEvent> events = [];
        _ = new ScriptRun(source, new ScriptSetup
        {
            Tiers = new TierOptions { HotLoop = 10, HotProc = 20, PaybackSteps = paybackSteps, PaybackBase = paybackBase },
            Controller = (host, options) => new TierController(host, options) { Observer = events.Add },
        });
        return events;
    }
}
