using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Everything in the library that loops charges steps for it, so that every limit and a cancellation end it; everything that makes something charges
/// memory for it. In both tiers, inside one process; nothing here depends on time.
/// </summary>
public abstract class LibraryProbeTests(JitMode jit)
{
    /// <summary>Elements, code units or words that a step pays for at most.</summary>
    private const int WorkPerStep = 256;

    /// <summary>Steps that pay for one of them at most: more, and limits would stop programs that do little.</summary>
    private const int StepsPerWork = 300;

    /// <summary>Steps between two looks at the clock and the token; see docs/limits.md.</summary>
    private const int Quantum = 200_000;

    private const int Rounds = 2_000;
    private const long MemoryLimit = 8 << 20;

    private static readonly Dictionary<string, LibraryProbe> Probes =
        LibraryProbes.All().Concat(LibraryProbes.Operators()).Where(probe => probe.Call.Length > 0).DistinctBy(probe => probe.ToString()).ToDictionary(probe => probe.ToString());

    public static TheoryData<string> Working() => [.. Probes.Values.Where(probe => probe.Work > 0).Select(probe => probe.ToString())];

    public static TheoryData<string> Growing() => [.. Probes.Values.Where(probe => probe.Bounded.Length == 0).Select(probe => probe.ToString())];

    [Theory]
    [MemberData(nameof(Working))]
    public void What_loops_charges_steps_and_is_cancelled(string name)
    {
        LibraryProbe probe = Probes[name];
        long steps = StepsOf(probe);
        steps.ShouldBeGreaterThanOrEqualTo(probe.Work / WorkPerStep);
        steps.ShouldBeLessThanOrEqualTo((long)probe.Work * StepsPerWork);

        using ProbeEngine engine = new(jit, new LyraLimits());
        string imports = ProbeInputs.Define(engine.Engine, probe.Call);
        engine.Engine.Globals["rounds"] = 0;
        string source = $"{imports}stop()\nfor i in 0..{Rounds} {{\n{probe.Call}\nrounds += 1\n}}";

        LyraLimitException stopped = Should.Throw<LyraLimitException>(() => engine.Run(source));

        stopped.Limit.ShouldBe(LimitKind.Cancelled);
        engine.Engine.Globals["rounds"].As<long>().ShouldBeLessThanOrEqualTo(1 + (Quantum / steps));
        engine.ShouldBeUsable();
    }

    [Theory]
    [MemberData(nameof(Growing))]
    public void What_makes_something_charges_memory(string name)
    {
        LibraryProbe probe = Probes[name];
        using ProbeEngine engine = new(jit, new LyraLimits { MaxMemoryBytes = MemoryLimit });
        string imports = ProbeInputs.Define(engine.Engine, probe.Call);
        string source = $"{imports}let keep = []\nwhile true {{\nkeep.push({probe.Call})\ni += 1\n}}";
        long before = GC.GetAllocatedBytesForCurrentThread();

        LyraLimitException stopped = Should.Throw<LyraLimitException>(() => engine.Run(source));

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        stopped.Limit.ShouldBe(LimitKind.Memory);
        allocated.ShouldBeLessThan(20 * MemoryLimit);
        engine.Engine.Globals["keep"] = LyraValue.Nil;
        engine.ShouldBeUsable();
    }

    /// <summary>An error of a builtin takes as long as thousands of steps, and counts as a few.</summary>
    [Fact]
    public void Errors_that_are_thrown_and_caught_have_the_clock_looked_at_sooner()
    {
        using ProbeEngine engine = new(jit, new LyraLimits());
        engine.Engine.Globals["rounds"] = 0;

        LyraLimitException stopped = Should.Throw<LyraLimitException>(
            () => engine.Run("let xs = [1]\nfor i in 0..5000 { try { xs[i + 1] } catch e { } }\nstop()\nfor i in 0..5000 { try { xs[i + 1] } catch e { rounds += 1 } }"));

        stopped.Limit.ShouldBe(LimitKind.Cancelled);
        engine.Engine.Globals["rounds"].As<long>().ShouldBeLessThan(200);
        engine.ShouldBeUsable();
    }

    /// <summary>Of the call alone, without what runs around it.</summary>
    private long StepsOf(LibraryProbe probe)
    {
        using ProbeEngine engine = new(jit, new LyraLimits());
        string imports = ProbeInputs.Define(engine.Engine, probe.Call);
        long start = engine.Steps;
        engine.Run(imports + "nil");
        long around = engine.Steps - start;
        engine.Run($"{imports}{probe.Call}");
        return engine.Steps - start - (2 * around);
    }
}

/// <summary>By the interpreter alone. A class for each mode, so that they run side by side.</summary>
public sealed class InterpretedLibraryProbeTests() : LibraryProbeTests(JitMode.Off);

/// <summary>With what is hot compiled.</summary>
public sealed class CompiledLibraryProbeTests() : LibraryProbeTests(JitMode.On);
