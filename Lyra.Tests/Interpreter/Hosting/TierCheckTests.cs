using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>The tier check as a host uses it: its runs, its comparisons, and its report of planted differences.</summary>
public sealed class TierCheckTests
{
    private const string Program = """
        struct P { x, y }
        var points = []
        var sum = 0
        for i in 0..100 {
          let p = P(i, i * 2)
          if i % 5 == 0 { points.push(p) }
          sum += p.x + p.y
        }
        print(sum, length(points))
        """;

    /// <summary>Calls f once in each iteration of a compiled loop.</summary>
    private const string CallsHost = "var s = 0\nfor i in 0..50 { s += 1 }\nprint(f())";

    [Fact]
    public void A_program_is_run_in_both_tiers_and_with_each_guard_failing()
    {
        TierCheckResult result = TierCheck.Run(Program, "points.lyra");

        result.ToString().ShouldStartWith("The tiers agree on points.lyra.\n  compiled: ");
        result.Verdict.ShouldBe(TierVerdict.Agree);
        result.Differences.ShouldBeEmpty();
        result.CompiledShare.ShouldBeInRange(0.5, 1.0);
        result.GuardsExecuted.ShouldBeInRange(3, 100);
        result.GuardsFailed.ShouldBe(result.GuardsExecuted);
        result.Guards.ShouldBeGreaterThanOrEqualTo(result.GuardsExecuted);
        result.Runs.ShouldBe(4 + result.GuardsFailed);
        result.Ending.ShouldBe("by itself");
        result.HeapDigest.ShouldMatch("^[0-9a-f]{16}$");
    }

    /// <summary>Regions exit at the end of each quantum of steps, so that the quanta must be the same in all runs.</summary>
    [Fact]
    public void Guards_are_executed_as_often_in_each_run()
    {
        TierCheckResult result = TierCheck.Run(Program.Replace("0..100", "0..400_000", StringComparison.Ordinal), "points.lyra");

        result.GuardsExecuted.ShouldBeGreaterThan(5);
        result.GuardsFailed.ShouldBe(result.GuardsExecuted);
    }

    [Fact]
    public void A_bound_has_fewer_guards_fail_and_the_seed_chooses_them()
    {
        string[] first = FailingRuns(1);

        first.Length.ShouldBe(2);
        FailingRuns(1).ShouldBe(first);
        Enumerable.Range(2, 8).Count(seed => !FailingRuns(seed).SequenceEqual(first)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void No_run_with_a_failing_guard_begins_after_the_time()
    {
        TierCheckResult result = TierCheck.Run(Program, options: new TierCheckOptions { MaxTime = TimeSpan.FromTicks(1) });

        result.Verdict.ShouldBe(TierVerdict.Agree);
        result.GuardsFailed.ShouldBe(0);
        result.GuardsExecuted.ShouldBeGreaterThan(0);
        result.Runs.ShouldBe(4);
    }

    [Fact]
    public void A_run_that_differs_is_reported_with_the_guard_that_failed_in_it()
    {
        // The first runs, interpreted and compiled, agree; a guard fails in each of the others.
        int runs = 0;
        TierCheckResult result =
            TierCheck.Run(CallsHost, "planted.lyra", new TierCheckOptions { CreateEngine = Planted(() => runs++ < 4 ? 1 : 2) });

        result.Verdict.ShouldBe(TierVerdict.Differ);
        result.Differences.ShouldAllBe(difference => difference.Run.Kind == TierRunKind.GuardFailed
            && difference.Aspect == TierAspect.Output);
        result.Differences.Count.ShouldBe(result.GuardsFailed);
        TierDifference first = result.Differences[0];
        first.ShouldSatisfyAllConditions(
            () => first.Expected.ShouldBe("1"),
            () => first.Actual.ShouldBe("2"),
            () => first.Place.ShouldBe("line 1"),
            () => first.Run.File.ShouldBe("planted.lyra"),
            () => first.Run.Line.ShouldBe(2),
            () => first.Run.Guard.ShouldBeGreaterThan(0),
            () => first.Run.Execution.ShouldBeGreaterThan(0),
            () => first.ToString()
                .ShouldMatch(@"^with guard \d+ failing at execution \d+, planted\.lyra:2 \(.+\): output at line 1: 2; interpreted: 1$"));
        result.ToString().ShouldStartWith("The tiers differ on planted.lyra: please report it.\n  compiled: ");
    }

    [Fact]
    public void A_fault_of_the_compiler_that_only_a_failing_guard_shows_is_found()
    {
        const string source =
            "proc f() {\n  var a = 0\n  var b = 1\n  for i in 0..60 {\n    a += i\n    b += 2 * a\n  }\n  return (a, b)\n}\nprint(f())";

        TierCheckResult result = TierCheck.Run(source, "fault.lyra", new TierCheckOptions { CreateEngine = WithWrongSnapshots });

        result.Verdict.ShouldBe(TierVerdict.Differ);
        result.Differences.ShouldAllBe(difference => difference.Run.Kind == TierRunKind.GuardFailed
            && difference.Aspect == TierAspect.Output);
        result.Differences.Select(difference => difference.Run.Assumption).Distinct()
            .ShouldBe(["the sum fits 64 bits", "the product fits 64 bits"], ignoreOrder: true);
        result.Differences.Count.ShouldBeLessThan(result.GuardsFailed);
    }

    [Theory]
    [InlineData("print(f())", TierAspect.Output, "line 1", "1", "2")]
    [InlineData("var x = [f()]", TierAspect.Heap, "x[0]", "1", "2")]
    [InlineData("f()", TierAspect.Heap, "(result)", "1", "2")]
    [InlineData("if f() == 2 { throw error(\"K\", \"m\") }", TierAspect.Ending, "", "by itself", "K: m (f.lyra:1:15)")]
    [InlineData("exit(f())", TierAspect.Ending, "", "exit(1)", "exit(2)")]
    [InlineData("var i = 0\nwhile i < f() * 10 { i += 1 }\ni = 0", TierAspect.Steps, "", null, null)]
    [InlineData("proc t() { throw error(\"K\", \"m\") }\nproc g() { t() }\nproc h() {\n  t() }\nif f() == 1 { g() } else { h() }",
        TierAspect.Trace, "call 2", "g (f.lyra:2:12)", "h (f.lyra:4:3)")]
    public void Every_aspect_is_compared(string source, TierAspect aspect, string place, string? expected, string? actual)
    {
        int runs = 0;
        TierCheckResult result = TierCheck.Run(source, "f.lyra", new TierCheckOptions { CreateEngine = Planted(() => runs++ < 2 ? 1 : 2) });

        result.Verdict.ShouldBe(TierVerdict.Differ);
        TierDifference difference = result.Differences.First(difference => difference.Aspect == aspect);
        difference.Run.ToString().ShouldBe("compiled");
        difference.Place.ShouldBe(place);
        difference.Expected.ShouldBe(expected ?? difference.Expected);
        difference.Actual.ShouldBe(actual ?? difference.Actual);
        difference.Actual.ShouldNotBe(difference.Expected);
    }

    [Fact]
    public void A_nondeterministic_program_is_reported_as_such()
    {
        int runs = 0;
        TierCheckResult result = TierCheck.Run(CallsHost, "random.lyra", new TierCheckOptions { CreateEngine = Planted(() => runs++) });

        result.Verdict.ShouldBe(TierVerdict.NotDeterministic);
        result.Runs.ShouldBe(2);
        TierDifference difference = result.Differences.ShouldHaveSingleItem();
        difference.Run.Kind.ShouldBe(TierRunKind.InterpreterAgain);
        result.ToString().ShouldBe(
            "random.lyra is not deterministic: two interpreted runs differ, so the check says nothing about the tiers.\n"
            + "  interpreted again: output at line 1: 1; interpreted: 0\n");
    }

    [Fact]
    public void Clocks_sleeps_random_numbers_and_input_are_the_same_in_every_run()
    {
        const string source = """
            import random
            let start = clock()
            for i in 0..30 { print(random.int(1, 1_000_000), clock() - start) }
            async proc later(n) { await sleep(n); return n }
            print(await gather([later(0.3), later(0.1)]))
            print(input(), input(), input())
            """;
        TierCheckResult result = TierCheck.Run(source, options: new TierCheckOptions
        {
            MaxGuards = 5,
            Engine = new LyraOptions
            {
                Capabilities = LyraCapabilities.Console | LyraCapabilities.Clock,
                Input = new StringReader("one\r\ntwo")
            },
        });

        result.ToString().ShouldStartWith("The tiers agree");
        result.GuardsFailed.ShouldBe(5);
    }

    [Fact]
    public void An_error_is_compared_like_any_other_ending()
    {
        TierCheckResult result =
            TierCheck.Run("var xs = [1, 2]\nfor i in 0..40 { xs.push(xs[i + 1]) }\nfor i in 0..40 { print(xs[i * 2]) }", "e.lyra");

        result.Verdict.ShouldBe(TierVerdict.Agree, result.ToString());
        result.Ending.ShouldStartWith("IndexError: ");
    }

    [Fact]
    public void A_limit_of_steps_holds_in_every_run()
    {
        TierCheckResult result = TierCheck.Run("var i = 0\nwhile true { i += 1 }", options: new TierCheckOptions
        {
            Engine = new LyraOptions { Limits = new LyraLimits { MaxSteps = 5_000 } },
        });

        result.Verdict.ShouldBe(TierVerdict.Agree, result.ToString());
        result.Ending.ShouldContain("5000 steps");
        result.CompiledShare.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void A_compiled_run_that_never_ends_is_stopped_and_reported()
    {
        int runs = 0;
        TierCheckResult result = TierCheck.Run("var i = 0\nwhile f() == 1 or i < 10 { i += 1 }",
            options: new TierCheckOptions { MaxGuards = 0, CreateEngine = Planted(() => runs++ < 2 ? 2 : 1) });

        result.Verdict.ShouldBe(TierVerdict.Differ);
        result.Differences.ShouldContain(difference => difference.Aspect == TierAspect.Ending
            && difference.Actual.Contains("steps is reached", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_compilation_is_reported()
    {
        TierCheckResult result = TierCheck.Run("print(1)", "cold.lyra");

        result.Verdict.ShouldBe(TierVerdict.Agree);
        result.CompiledShare.ShouldBe(0);
        result.TracesStarted.ShouldBe(0);
        result.ToString()
            .ShouldStartWith("The runs of cold.lyra agree, but no step ran in compiled code, so the check says nothing about the tiers.");
    }

    [Fact]
    public void A_program_that_sees_the_tier_differs()
    {
        TierCheckResult result = TierCheck.Run("import jit\nprint(jit.status())", "sees.lyra");

        result.Verdict.ShouldBe(TierVerdict.Differ);
        result.ReadsTierState.ShouldBeTrue();
        result.Summary.ShouldContain("reads module jit");
        result.Differences.ShouldContain(difference => difference.Run.Kind == TierRunKind.Compiled && difference.Expected == "off (no JIT)"
            && difference.Actual == "on");
    }

    [Fact]
    public void Progress_is_reported_after_each_run()
    {
        List<TierCheckProgress> told = [];
        TierCheckResult result = TierCheck.Run(Program, options: new TierCheckOptions { MaxGuards = 3, Progress = new Told(told) });

        told.Select(progress => progress.Runs).ShouldBe(Enumerable.Range(1, result.Runs));
        told[^1].Total.ShouldBe(result.Runs);
    }

    [Fact]
    public void Constructs_that_cannot_be_checked_are_refused()
    {
        Should.Throw<LyraCompileException>(() => TierCheck.Run("print(", "bad.lyra"));
        Should.Throw<LyraCompileException>(() => TierCheck.Run("print(nobody)", "bad.lyra"));
        Should.Throw<ArgumentException>(() =>
            TierCheck.Run("1", options: new TierCheckOptions { CreateEngine = static _ => new LyraEngine() }))
            .Message.ShouldContain("must create the engine from the options that it gets");
        Should.Throw<ArgumentOutOfRangeException>(() => new TierCheckOptions { MaxGuards = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new TierCheckOptions { MaxTime = TimeSpan.Zero });
        Should.Throw<ArgumentOutOfRangeException>(() => new TierCheckOptions { HotLoopThreshold = 0 });
        Should.Throw<OperationCanceledException>(() => TierCheck.Run("1", cancellationToken: new CancellationToken(canceled: true)));
        TierCheckOptions brief = new() { Engine = new LyraOptions { Limits = new LyraLimits { Timeout = TimeSpan.FromMilliseconds(30) } } };
        Should.Throw<LyraLimitException>(() => TierCheck.Run("while true { }", options: brief)).Limit.ShouldBe(LimitKind.Time);
    }

    /// <summary>The two runs in which guards fail; all differ from the first run and are therefore reported.</summary>
    private static string[] FailingRuns(int seed)
    {
        int runs = 0;
        TierCheckResult result = TierCheck.Run(CallsHost,
            options: new TierCheckOptions { Seed = seed, MaxGuards = 2, CreateEngine = Planted(() => runs++ / 2) });
        result.GuardsFailed.ShouldBe(2);
        return [.. result.Differences.Where(difference => difference.Run.Kind == TierRunKind.GuardFailed)
            .Select(difference => difference.Run.ToString())];
    }

    /// <summary>Engines with a proc f that returns the same value throughout a run; called once for each run.</summary>
    private static Func<LyraOptions, LyraEngine> Planted(Func<int> ofRun) => options =>
    {
        int value = ofRun();
        LyraEngine engine = new(options);
        engine.Define("f", () => value);
        return engine;
    };

    /// <summary>
    /// An engine whose compiler swaps two ints in the snapshots of checked arithmetic, so that only exits at those snapshots are wrong.
    /// </summary>
    private static LyraEngine WithWrongSnapshots(LyraOptions options)
    {
        LyraEngine engine = new(options);
        if (options.Jit != JitMode.Off)
        {
            engine.Compiler.Listen(new SnapshotSwapper());
        }

        return engine;
    }

    private sealed class SnapshotSwapper : ICompileListener
    {
        public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
        {
            if (stage != PassList.All[^1].Name)
            {
                return;
            }

            foreach (Snapshot snapshot in graph.Blocks.SelectMany(block => block.Nodes)
                .Where(node => node.Op is IrOp.AddIntChecked or IrOp.MulIntChecked).Select(node => node.Exit!).Distinct())
            {
                Swap(snapshot.Innermost.Slots);
            }
        }

        public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
        {
        }

        private static void Swap(List<SnapshotSlot> slots)
        {
            int[] ints = [.. Enumerable.Range(0, slots.Count).Where(i => slots[i].Value.Type == IrType.Int)];
            if (ints.Length >= 2)
            {
                (slots[ints[0]], slots[ints[1]]) = (new SnapshotSlot(slots[ints[0]].Register, slots[ints[1]].Value),
                    new SnapshotSlot(slots[ints[1]].Register, slots[ints[0]].Value));
            }
        }
    }

    private sealed class Told(List<TierCheckProgress> told) : IProgress<TierCheckProgress>
    {
        public void Report(TierCheckProgress value) => told.Add(value);
    }
}
