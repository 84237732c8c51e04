using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// Objects that the host no longer references are garbage-collected: engines, disposed or not, modules and compiled code, even if the
/// engine continues to run other scripts.
/// </summary>
public sealed class CollectionTests
{
    private const string Hot = """
        struct Point { x; y }
        proc total(n) { var s = 0; for i in 0..n { let p = Point(i, log(i)); s += p.x + p.y }; return s }
        proc depth(n) { if n <= 0 { return 0 }; return 1 + depth(n - 1) }
        total(100) + depth(100)
        """;

    private static readonly LyraOptions Eager = new() { HotLoopThreshold = 10, HotProcThreshold = 10, CompilesInBackground = false };

    /// <summary>Generous, because the machine of the tests may be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly LyraScript Shared = LyraScript.Compile(Hot, "shared.lyra");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unreferenced_engine_is_collected_with_its_code(bool isDisposed)
    {
        WeakReference[] parts = UseEngine(Eager, isDisposed);

        parts.Length.ShouldBeGreaterThan(2);
        AreGone(parts).ShouldBeTrue();
    }

    [Fact]
    public void An_engine_that_becomes_unreferenced_while_it_compiles_is_collected()
    {
        WeakReference[] parts =
            [.. Enumerable.Range(0, 20).SelectMany(_ => UseEngine(Eager with { CompilesInBackground = true }, isDisposed: false))];

        AreGone(parts).ShouldBeTrue();
    }

    [Fact]
    public void An_engine_that_is_dropped_with_a_full_queue_is_collected_and_others_compile()
    {
        WeakReference engine = FillQueue();

        AreGone([engine]).ShouldBeTrue();
        using LyraEngine other = new(Eager);
        other.Define("log", (int x) => x);
        other.Run(Shared);
        other.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_code_of_a_replaced_script_is_collected()
    {
        using LyraEngine engine = new(Eager);
        List<WeakReference> code = RunAndForget(engine, "proc work(n) { var s = 0; for i in 0..n { s += i }; return s }\nwork(100)");
        code.ShouldNotBeEmpty();

        RunAndForget(engine, "proc work() { return 0 }");
        AreGone(code).ShouldBeTrue();
    }

    [Fact]
    public void A_proc_that_is_kept_does_not_hold_its_former_callers()
    {
        using LyraEngine engine = new(Eager);
        engine.Run("proc depth(n) { if n <= 0 { return 0 }; return 1 + depth(n - 1) }\nfor i in 0..50 { depth(20) }", "library.lyra");
        List<WeakReference> code =
            RunAndForget(engine, "proc use(n) { var s = 0; for i in 0..n { s += depth(i % 9) }; return s }\nuse(100)");
        code.ShouldNotBeEmpty();

        RunAndForget(engine, "proc use(n) { return n }\nuse(1)");
        AreGone(code).ShouldBeTrue();
        engine.Run("depth(100)").As<int>().ShouldBe(100);
    }

    [Fact]
    public void Exit_counters_of_collected_scripts_are_removed()
    {
        using LyraEngine engine = new(Eager with { HotExitThreshold = 2 });
        for (int i = 0; i < 30; i++)
        {
            RunAndForget(engine, "proc f(n, k) { var s = 0; for i in 0..n { if i % 10 >= k { s += 2 } else { s += 1 } }; return s "
                + "}\nf(100, 10) + f(200, 5)", $"v{i}.lyra");
        }

        engine.Statistics.Jit.TracesCompiled.ShouldBeGreaterThan(30);
        Collect();
        engine.Statistics.Jit.GuardExits.Keys.Select(name => name[..name.IndexOf(':', StringComparison.Ordinal)]).Distinct().Count()
            .ShouldBeLessThan(5);
    }

    /// <summary>References to the engine and to all regions that it compiled, with their code.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] UseEngine(LyraOptions options, bool isDisposed)
    {
        LyraEngine engine = new(options);
        engine.Define("log", (int x) => x + engine.Options.SlabSlots);
        engine.Run(Shared);
        WeakReference[] parts = [new(engine), .. CodeOf(engine)];
        if (isDisposed)
        {
            engine.Dispose();
        }

        return parts;
    }

    /// <summary>An engine for which more loops wait than its queue takes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference FillQueue()
    {
        LyraEngine engine = new(Eager with { CompilesInBackground = true });
        TierCounters counters = SingleRuns.InterpreterOf(engine).Tiers.Counters;
        string loops = string.Concat(Enumerable.Repeat("for i in 0..40 { n += i }\n", 5 * CompileQueue.MaxJobs));
        while (!counters.Aborts().ContainsKey(nameof(AbortReason.QueueFull)))
        {
            engine.Run($"var n = 0\n{loops}");
        }

        return new WeakReference(engine);
    }

    /// <summary>References to the regions compiled for a script.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> RunAndForget(LyraEngine engine, string source, string file = "script.lyra")
    {
        HashSet<object?> known = [.. CodeOf(engine).Select(region => region.Target)];
        engine.Run(source, file);
        return [.. CodeOf(engine).Where(region => !known.Contains(region.Target))];
    }

    /// <summary>References to the live regions of an engine, and to the dynamic methods of their delegates.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> CodeOf(LyraEngine engine)
    {
        List<Region> regions = SingleRuns.InterpreterOf(engine).Tiers.Counters.Regions;
        return [.. regions.Select(static region => new WeakReference(region)),
            .. regions.Select(static region => new WeakReference((region.Loop ?? region.Entry)!.Method))];
    }

    private static bool AreGone(IReadOnlyCollection<WeakReference> parts)
    {
        // If an engine becomes unreachable during a compilation, the compilation completes first.
        long start = Stopwatch.GetTimestamp();
        while (parts.Any(static part => part.IsAlive) && Stopwatch.GetElapsedTime(start) < Patience)
        {
            Collect();
            Thread.Sleep(10);
        }

        return parts.All(static part => !part.IsAlive);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
