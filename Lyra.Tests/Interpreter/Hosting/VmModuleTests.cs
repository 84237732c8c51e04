using System.IO;
using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Module <c>vm</c>, which shows a script its own engine.</summary>
public sealed class VmModuleTests
{
    /// <summary>A compiled loop in a compiled proc asks for the stack in each iteration.</summary>
    private const string Traced = """
        import vm
        proc where(n) {
            let frames = vm.stack()["rows"]
            return "${length(frames)} ${frames[0]} ${frames[length(frames) - 1]}"
        }
        proc work() {
            var last = ""
            var sum = 0
            for i in 0..400 {
                sum += i
                if i % 2 == 0 { last = where(i) }
            }
            return "${last} ${sum}"
        }
        for k in 0..20 { work() }
        print(work())
        """;

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    [InlineData(JitMode.Stress)]
    public void The_stack_is_the_same_in_both_tiers(JitMode mode)
    {
        StringWriter output = new();
        LyraOptions options = new() { HotLoopThreshold = 50, HotProcThreshold = 50, CompilesInBackground = false };
        using LyraEngine engine = new(options with { Jit = mode, Output = output });
        engine.Run(Traced, "where.lyra");

        output.ToString().ShouldBe("""
            3 {"proc": "where", "file": "where.lyra", "line": 3} {"proc": "<module>", "file": "where.lyra", "line": 16} 79800

            """.ReplaceLineEndings("\n"));
        if (mode != JitMode.Off)
        {
            engine.Statistics.Jit.Entries.ShouldBeGreaterThan(0);
            engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(500);
        }
    }

    [Fact]
    public void A_tier_check_of_the_stack_agrees()
    {
        TierCheckResult result = TierCheck.Run(Traced, "where.lyra", new TierCheckOptions { MaxGuards = 5 });

        result.Verdict.ShouldBe(TierVerdict.Agree, result.ToString());
        result.CompiledShare.ShouldBeGreaterThan(0);
        result.ReadsTierState.ShouldBeFalse();
    }

    [Fact]
    public void A_program_that_reads_figures_is_named_as_the_cause_of_a_difference()
    {
        TierCheckResult result = TierCheck.Run(
            "import vm\nfor i in 0..200 { }\nprint(vm.stats()[\"jit\"][\"tracesCompiled\"])", "figures.lyra");

        result.Verdict.ShouldBe(TierVerdict.Differ);
        result.ReadsTierState.ShouldBeTrue();
    }

    /// <summary>The hooks of a struct and the routines of built-in types, in a loop that gets hot; the sums are of mixed types.</summary>
    private const string Operating = """
        import vm
        struct Money { cents
            proc __add(self, other) { return Money(self.cents + other.cents) }
            proc __mul(self, n) { return Money(self.cents * n) }
            proc __lt(self, other) { return self.cents < other.cents }
            proc __neg(self) { return Money(-self.cents) } }
        proc work() {
            var total = Money(0)
            var sum = 0
            for i in 0..500 {
                total = total + Money(i) * 2 + -Money(1)
                sum += i + 0.5
            }
            return "${total.cents} ${sum} ${Money(1) < total} ${[1] + [2]} ${"ab" * 2}"
        }
        print(work())
        let operators = vm.cache()["operators"]
        """;

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void The_routines_of_operators_are_listed_and_performed(JitMode mode)
    {
        StringWriter output = new();
        LyraOptions options = new() { HotLoopThreshold = 50, HotProcThreshold = 50, CompilesInBackground = false };
        using LyraEngine engine = new(options with { Jit = mode, Output = output });
        engine.Run(Operating, "operating.lyra");

        output.ToString().ShouldBe("249000 125000.0 true [1, 2] abab\n");
        engine.Run("operators[\"Money * any\"]").As<string>().ShouldBe("Money.__mul");
        engine.Run("operators[\"-Money\"]").As<string>().ShouldBe("Money.__neg");
        engine.Run("operators[\"Money < any\"]").As<string>().ShouldBe("Money.__lt");
        engine.Run("operators[\"int + float\"]").As<string>().ShouldBe("AddIntFloat");
        engine.Run("operators.keys().filter(k => k.startsWith(\"Money\"))").As<string[]>()
            .ShouldBe(["Money + any", "Money * any", "Money < any"]);
        if (mode == JitMode.On)
        {
            engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(2_000);
            engine.Statistics.Jit.CallOuts.ShouldBe(0);
        }
    }

    [Fact]
    public void A_deep_stack_leaves_frames_out_as_a_trace_does()
    {
        using LyraEngine engine = new();
        engine.Run("""
            import vm
            proc down(n) { if n == 0 { return vm.stack() }; return down(n - 1) }
            let stack = down(499)
            let frames = stack["rows"]
            """);

        engine.Run("stack[\"depth\"]").As<int>().ShouldBe(501);
        engine.Run("length(frames)").As<int>().ShouldBe(151);
        engine.Run("frames[100][\"proc\"]").As<string>().ShouldBe("... (351 more)");
        engine.Run("frames[101][\"proc\"]").As<string>().ShouldBe("down");
        engine.Run("frames[150][\"proc\"]").As<string>().ShouldBe("<module>");
    }

    [Fact]
    public void The_stack_of_a_callback_has_the_frames_below_the_builtin()
    {
        using LyraEngine engine = new();
        engine.Run("""
            import vm
            var names = []
            struct Key { n
                proc __lt(self, other) { names = vm.stack()["rows"].map(f => f["proc"]); return self.n < other.n } }
            proc order() { return sorted([Key(2), Key(1)]) }
            order()
            """);

        engine.Run("names").As<string[]>().ShouldBe(["__lt", "order", "<module>"]);
    }

    [Fact]
    public void The_figures_are_those_of_the_hosts_statistics()
    {
        using LyraEngine engine = new();
        engine.Run("""
            import vm
            proc f() { }
            for i in 0..10 { f() }
            let stats = vm.stats()
            """);

        // The run was not over: its calls and iterations count nevertheless.
        engine.Run("stats[\"interpreter\"][\"calls\"]").As<long>().ShouldBe(11);
        engine.Run("stats[\"interpreter\"][\"backEdges\"]").As<long>().ShouldBeInRange(9, 10);
        engine.Run("stats.keys()").As<string[]>().ShouldBe(
            ["interpreter", "jit", "strings", "arrays", "objects", "pools", "integrity", "cache", "slabs"]);
        engine.Run("stats[\"jit\"][\"steps\"]").As<long>().ShouldBeInRange(1, engine.Statistics.Jit.Steps);
    }

    /// <summary>Uses the cache, by a site that sees two structs, and the slab pool, by hooks that C# calls.</summary>
    private const string Looking = """
        import vm
        struct A { x }
        struct B { x
            proc __hash(self) { return 1 }
            proc __eq(self, other) { return self.x == other.x } }
        let m = {}
        proc look() { for i in 0..10 { for o in [A(i), B(i)] { o.x }; m[B(i)] = i } }
        look()
        """;

    [Fact]
    public void A_reset_begins_the_scripts_figures_anew_and_leaves_the_hosts()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run(Looking);
        InlineCacheStatistics before = engine.Statistics.InlineCache;
        int[] peaks = Peaks(engine);
        before.Lookups.ShouldBeGreaterThan(0);
        peaks.Sum().ShouldBeGreaterThan(0);
        engine.Run("vm.cache()[\"lookups\"]").As<long>().ShouldBe(before.Lookups);
        engine.Run("vm.slabs().map(s => s[\"peak\"])").As<int[]>().ShouldBe(peaks);

        engine.Run("vm.reset()");

        engine.Run("vm.cache()[\"lookups\"]").As<long>().ShouldBe(0);
        engine.Run("vm.slabs().map(s => s[\"peak\"])").As<int[]>().ShouldAllBe(peak => peak == 0);
        engine.Run("vm.slabs().map(s => s[\"slots\"])").As<int[]>().ShouldAllBe(slots => slots == 0);
        engine.Statistics.InlineCache.Lookups.ShouldBeGreaterThanOrEqualTo(before.Lookups);
        Peaks(engine).ShouldBe(peaks);
        engine.Run("m[B(7)]").As<int>().ShouldBe(7);
    }

    [Fact]
    public void Counters_begin_anew_while_the_caches_keep_their_contents()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run(Looking);
        int[] slots = engine.Run("vm.slabs().map(s => s[\"slots\"])").As<int[]>();
        slots.Sum().ShouldBeGreaterThan(0);

        engine.Run("vm.resetCounters()");

        engine.Run("vm.cache()[\"lookups\"]").As<long>().ShouldBe(0);
        engine.Run("vm.slabs().map(s => s[\"peak\"])").As<int[]>().ShouldAllBe(peak => peak == 0);
        engine.Run("vm.slabs().map(s => s[\"slots\"])").As<int[]>().ShouldBe(slots);
        engine.Run("look()");
        engine.Run("vm.cache()[\"misses\"]").As<long>().ShouldBe(0);
    }

    [Fact]
    public void A_reset_within_a_hook_keeps_the_rented_slots()
    {
        using LyraEngine engine = new();
        engine.Run("""
            import vm
            struct Key { n
                proc __hash(self) { vm.reset(); return 1 }
                proc __eq(self, other) { vm.reset(); return self.n == other.n } }
            let m = {}
            for i in 0..20 { m[Key(i)] = i }
            """);

        engine.Run("m[Key(13)]").As<int>().ShouldBe(13);
        engine.Statistics.Slabs.ShouldAllBe(slab => slab.Used == 0);
    }

    [Fact]
    public void Without_the_compiling_tier_the_module_works_too()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, Capabilities = LyraCapabilities.None });

        engine.Run("import vm\nvm.stats()[\"jit\"][\"tracesStarted\"]").As<int>().ShouldBe(0);
        engine.Run("import vm\nvm.slabs()").As<int[]>().ShouldBeEmpty();
        engine.Run("import vm\nvm.stack()[\"rows\"][0][\"line\"]").As<int>().ShouldBe(2);
    }

    private static int[] Peaks(LyraEngine engine) => [.. engine.Statistics.Slabs.Select(slab => slab.Peak)];
}
