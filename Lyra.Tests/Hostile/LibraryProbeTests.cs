using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Every library proc that loops charges steps, so that limits and cancellation end it; every one that allocates charges memory. The tests
/// run both tiers inside one process and do not depend on time.
/// </summary>
public abstract class LibraryProbeTests(JitMode jit)
{
    /// <summary>The maximum number of elements, code units or words per step charged.</summary>
    private const int WorkPerStep = 256;

    /// <summary>
    /// The maximum number of steps per element, code unit or word. With more, limits would stop programs that do little work.
    /// </summary>
    private const int StepsPerWork = 300;

    /// <summary>Steps between two checks of the clock and the cancellation token; see docs/limits.md.</summary>
    private const int Quantum = 200_000;

    private const int Rounds = 2_000;
    private const long MemoryLimit = 8 << 20;

    private static readonly Dictionary<string, LibraryProbe> Probes =
        LibraryProbes.All().Concat(LibraryProbes.Operators()).Where(probe => probe.Call.Length > 0).DistinctBy(probe => probe.ToString())
            .ToDictionary(probe => probe.ToString());

    public static TheoryData<string> Working() => [.. Probes.Values.Where(probe => probe.Work > 0).Select(probe => probe.ToString())];

    public static TheoryData<string> Growing() =>
        [.. Probes.Values.Where(probe => probe.Bounded.Length == 0).Select(probe => probe.ToString())];

    [Theory]
    [SweepData(nameof(Working))]
    public void Looping_builtins_charge_steps_and_can_be_cancelled(string name)
    {
        LibraryProbe probe = Probes[name];
        long steps = StepsOf(probe);
        steps.ShouldBeGreaterThanOrEqualTo(probe.Work / WorkPerStep);
        steps.ShouldBeLessThanOrEqualTo((long)probe.Work * StepsPerWork);

        using ProbeEngine engine = new(jit, new LyraLimits());
        string imports = ProbeInputs.Define(engine.Engine, probe.Call);
        engine.Engine.Globals["rounds"] = 0;
        string source = $"{imports}stop()\nfor i in 0..{Rounds} {{\n{probe.Call}\nrounds += 1\n}}";

        Should.Throw<LyraCanceledException>(() => engine.Run(source));

        engine.Engine.Globals["rounds"].As<long>().ShouldBeLessThanOrEqualTo(1 + (Quantum / steps));
        engine.ShouldBeUsable();
    }

    [Theory]
    [SweepData(nameof(Growing))]
    public void Allocating_builtins_charge_memory(string name)
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

    /// <summary>Raising an error takes as long as thousands of steps but is charged only a few.</summary>
    [Fact]
    public void Thrown_and_caught_errors_make_the_next_clock_check_earlier()
    {
        using ProbeEngine engine = new(jit, new LyraLimits());
        engine.Engine.Globals["rounds"] = 0;

        Should.Throw<LyraCanceledException>(
            () => engine.Run("let xs = [1]\nfor i in 0..5000 { try { xs[i + 1] } catch e { } }\nstop()\nfor i in 0..5000 { try { xs[i + "
                + "1] } catch e { rounds += 1 } }"));

        engine.Engine.Globals["rounds"].As<long>().ShouldBeLessThan(200);
        engine.ShouldBeUsable();
    }

    /// <summary>The steps of the call alone, without the surrounding code.</summary>
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

/// <summary>Runs in the interpreter only. Each mode has its own class, so that the modes run in parallel.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class InterpretedLibraryProbeTests() : LibraryProbeTests(JitMode.Off);

/// <summary>Runs with the JIT on.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class CompiledLibraryProbeTests() : LibraryProbeTests(JitMode.On);
