using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Makes guards and compilations fail in a sequence that a seed determines. The same seed produces the same failures in every run.
/// </summary>
internal sealed class StressPlan(int seed) : FailurePlan
{
    private const int AbortPeriod = 5;

    /// <summary>The largest distance between two guards that fail: about the number of guards in a few iterations of a loop.</summary>
    private const int ExitPeriod = 61;

    private const int AbandonPeriod = 7;

    private ulong _state = (ulong)seed;

    /// <summary>Guards up to and including the next one that fails.</summary>
    private long _untilFailure = 1;

    public int Seed { get; } = seed;

    /// <summary>One in five.</summary>
    public override bool AbortsCompilation() => Next() % AbortPeriod == 0;

    /// <summary>One in seven.</summary>
    public override bool AbandonsRegion() => Next() % AbandonPeriod == 0;

    /// <summary>All guards are treated alike.</summary>
    public override int AddGuard(RegionGuard guard, IrNode node, LinkedPrototype root) => 0;

    /// <summary>The first guard fails, and then one guard after each pseudorandom distance.</summary>
    public override bool Fails(int guard)
    {
        if (--_untilFailure > 0)
        {
            return false;
        }

        _untilFailure = 1 + (long)(Next() % ExitPeriod);
        return true;
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).</summary>
    private ulong Next()
    {
        ulong z = unchecked(_state += 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
