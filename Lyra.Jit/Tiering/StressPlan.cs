namespace Lyra.Jit.Tiering;

/// <summary>Failures on purpose, in a sequence that a seed decides. The same seed fails the same things in every run.</summary>
internal sealed class StressPlan(int seed)
{
    private const int AbortPeriod = 5;

    /// <summary>Guards between two that are made to fail, at most: so many as a few rounds of a loop have.</summary>
    private const int ExitPeriod = 61;

    private const int AbandonPeriod = 7;

    private ulong _state = (ulong)seed;

    public int Seed { get; } = seed;

    /// <summary>Whether the compilation that is about to begin is to be given up: one in five.</summary>
    public bool AbortsCompilation() => Next() % AbortPeriod == 0;

    /// <summary>How many guards may pass until the next one is made to fail. Any guard may fail at any time: nothing a script does may depend on it.</summary>
    public int GuardsUntilExit() => 1 + (int)(Next() % ExitPeriod);

    /// <summary>Whether a region is to be left behind an instruction that the interpreter executed for it: one in seven.</summary>
    public bool AbandonsRegion() => Next() % AbandonPeriod == 0;

    /// <summary>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).</summary>
    private ulong Next()
    {
        ulong z = unchecked(_state += 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
