using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>The compiling tier as hosts and scripts observe it.</summary>
public sealed class LyraJitTests
{
    private const string Hot = "var s = 0\nfor i in 0..20_000 { s += i }\ns";

    [Fact]
    public void Hot_code_is_counted()
    {
        using LyraEngine engine = new();
        engine.Statistics.Jit.TracesStarted.ShouldBe(0);
        engine.Run(Hot).As<long>().ShouldBe(199_990_000);

        JitStatistics jit = engine.Statistics.Jit;
        jit.Available.ShouldBeTrue();
        jit.TracesStarted.ShouldBeGreaterThan(0);
        jit.TracesCompiled.ShouldBe(1);
        jit.Entries.ShouldBeInRange(1, 10); // the region exits at the end of each quantum of steps, and the first quanta are small
        jit.GuardExits.Values.Sum().ShouldBe(jit.Entries);
        jit.GuardExits.Keys.ShouldAllBe(name => name.StartsWith("<script>:", StringComparison.Ordinal));
        jit.CodeBytes.ShouldBeGreaterThan(0);
        jit.CompileTime.ShouldBeGreaterThan(TimeSpan.Zero);
        jit.CompiledSteps.ShouldBeInRange(1, jit.Steps);
        engine.Statistics.ToString().ShouldContain("jit: entries");
    }

    [Fact]
    public void A_compiler_that_checks_itself_throws_its_faults()
    {
        using LyraEngine engine = new(new LyraOptions { ChecksCompiler = true });
        engine.Compiler.Listen(new ExitRemover());
        LyraException fault = Should.Throw<LyraException>(() => engine.Run(Hot));
        fault.Kind.ShouldBe("InternalError");
        fault.Message.ShouldContain("IR is wrong after folding");
    }

    [Fact]
    public void Without_checks_the_script_is_interpreted_where_the_compiler_fails()
    {
        using LyraEngine engine = new(new LyraOptions { ChecksCompiler = false, CompilesInBackground = false });
        List<string> aborts = [];
        engine.JitEvents += e =>
        {
            if (e.Kind == LyraJitEventKind.Aborted)
            {
                aborts.Add(e.Detail);
            }
        };
        engine.Compiler.Listen(new ExitRemover());
        engine.Run(Hot).As<long>().ShouldBe(199_990_000);
        aborts.ShouldContain(detail => detail.StartsWith("CompilerFault", StringComparison.Ordinal));
    }

    [Fact]
    public void A_proc_that_only_the_host_calls_is_compiled_and_entered()
    {
        using LyraEngine engine = new(new LyraOptions { HotProcThreshold = 20, CompilesInBackground = false });
        engine.Run(
            """
            let limits = { "gold": 10, "silver": 5 }
            proc score(total, level, items) {
                var s = limits.get(level, 0)
                if total > 100 { s += 5 }
                if total > 1000 { s += 20 }
                if items > 3 and total / items < 50 { s -= 3 }
                if total < 0 { throw error("BadTotal", "${total} is negative") }
                return s * 7 % 13
            }
            """);
        long sum = 0;
        for (int i = 0; i < 500; i++)
        {
            sum += engine.Call("score", i, i % 2 == 0 ? "gold" : "none", i % 7).As<long>();
        }

        sum.ShouldBe(2090);
        long entries = engine.Statistics.Jit.Entries;
        entries.ShouldBeGreaterThan(300);
        Should.Throw<LyraException>(() => engine.Call("score", -1, "gold", 1)).Message.ShouldContain("-1 is negative");
        engine.Call("score", 500, "silver", 2).As<long>().ShouldBe(70 % 13);
        engine.Statistics.Jit.Entries.ShouldBeGreaterThan(entries);
    }

    [Fact]
    public void Nothing_is_compiled_with_the_mode_off()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run(Hot);
        engine.Statistics.Jit.TracesStarted.ShouldBe(0);
        engine.Statistics.Jit.Steps.ShouldBeGreaterThan(20_000);
        engine.Run("import jit\njit.on()\njit.status()").As<string>().ShouldBe("off (no JIT)");
    }

    [Fact]
    public void Steps_do_not_depend_on_the_mode()
    {
        long[] steps = [.. Enum.GetValues<JitMode>().Select(mode =>
        {
            using LyraEngine engine = new(new LyraOptions { Jit = mode });
            engine.Run(Hot);
            return engine.Statistics.Jit.Steps;
        })];
        steps.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void A_script_switches_the_tier_and_reads_its_counters()
    {
        using LyraEngine engine = new();
        engine.Run("import jit\njit.status()").As<string>().ShouldBe("on");
        engine.Run("import jit\njit.off()\njit.status()").As<string>().ShouldBe("off");
        engine.Run(Hot);
        engine.Statistics.Jit.TracesCompiled.ShouldBe(0);
        engine.Run("import jit\njit.on()");
        engine.Run(Hot);
        engine.Run("import jit\njit.stats()[\"tracesCompiled\"]").As<int>().ShouldBe(1);
    }

    [Fact]
    public void Compiled_code_is_not_entered_while_the_tier_is_off()
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 10 });
        engine.Run("proc f() { var s = 0; for i in 0..1000 { s += i }; return s }\nf()");
        long entries = engine.Statistics.Jit.Entries;
        entries.ShouldBeGreaterThan(0);
        engine.Run("import jit\njit.off()");
        engine.Call("f").As<int>().ShouldBe(499_500);
        engine.Statistics.Jit.Entries.ShouldBe(entries);
        engine.Run("import jit\njit.on()");
        engine.Call("f").As<int>().ShouldBe(499_500);
        engine.Statistics.Jit.Entries.ShouldBeGreaterThan(entries);
    }

    [Fact]
    public void Subscribers_receive_every_event_with_its_line()
    {
        List<LyraJitEvent> events = [];
        using LyraEngine engine = new();
        engine.JitEvents += events.Add;
        engine.Run(Hot, "hot.lyra");

        events.Select(e => e.Kind).Take(3).ShouldBe([LyraJitEventKind.Hot, LyraJitEventKind.Recorded, LyraJitEventKind.Compiled]);
        events.ShouldContain(e => e.Kind == LyraJitEventKind.Exit || e.Kind == LyraJitEventKind.Deoptimized);
        events.ShouldAllBe(e => e.File == "hot.lyra" && (e.Line == 2 || e.Line == 3) && e.Proc == "<module>");
        engine.JitEvents -= events.Add;
        int count = events.Count;
        engine.Run(Hot);
        events.Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("for i in 0..3_000_000 { s += i & 3 }", "ChargeSteps")]
    [InlineData("struct P { x: int }\nvar p = P(0)\nfor i in 0..800_000 { p = P(i & 3); s += p.x }", "NewStruct")]
    [InlineData("struct Q { x: int }\nfor i in 0..800_000 { let q = Q(i & 3); s += q.x }", "ChargeMemory")]
    public void A_healthy_loop_has_no_deoptimized_event(string loop, string limitCheck)
    {
        List<LyraJitEvent> events = [];
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = 4 << 20 } });
        engine.JitEvents += events.Add;
        JitStatistics jit = new();
        engine.Define("look", () => { jit = engine.Statistics.Jit; });
        engine.Run($"var s = 0\n{loop}\nlook()");

        jit.GuardExits.Where(exit => exit.Key.EndsWith(limitCheck, StringComparison.Ordinal)).Sum(exit => exit.Value)
            .ShouldBeGreaterThan(1);
        jit.Deoptimizations.ShouldBe(0);
        jit.CompiledSteps.ShouldBeGreaterThan(jit.Steps / 2);
        events.ShouldNotContain(e => e.Kind == LyraJitEventKind.Deoptimized);
        events.Count(e => e.Kind == LyraJitEventKind.Exit).ShouldBe(1);
    }

    [Fact]
    public void A_guard_is_reported_once_and_counted_each_time()
    {
        List<LyraJitEvent> events = [];
        using LyraEngine engine = new(new LyraOptions { CompilesInBackground = false, HotExitThreshold = 1_000_000 });
        engine.Run(
            """
            proc sum(last) {
                var s = 0
                for i in 0..2_000 { if i == 1_995 { s += last } else { s += 1 } }
                return s
            }
            for i in 0..10 { sum(1) }
            """);
        engine.JitEvents += events.Add;
        Repeat(20);
        long exits = engine.Statistics.Jit.Deoptimizations;
        int reported = events.Count;
        Repeat(20);

        reported.ShouldBeGreaterThan(0);
        events.Count.ShouldBe(reported, string.Join("\n", events));
        engine.Statistics.Jit.Deoptimizations.ShouldBeGreaterThanOrEqualTo(exits + 20);

        void Repeat(int times)
        {
            for (int i = 0; i < times; i++)
            {
                engine.Call("sum", 0.5).As<double>().ShouldBe(1_999.5);
            }
        }
    }

    [Fact]
    public void Everything_is_hot_in_stress_mode()
    {
        StringWriter output = new();
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Stress, Output = output });
        engine.Run("for i in 0..40 { print(i) }");
        output.ToString().ShouldBe(string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}\n")));
        engine.Statistics.Jit.TracesStarted.ShouldBeGreaterThan(0);
    }

    /// <summary>Makes the IR wrong after the builder: operations that exit have no snapshot.</summary>
    private sealed class ExitRemover : ICompileListener
    {
        public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
        {
            foreach (IrNode node in graph.Blocks.SelectMany(block => block.Nodes).Where(node => stage == "build" && node.MayExit))
            {
                node.Exit = null;
            }
        }

        public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
        {
        }
    }
}
