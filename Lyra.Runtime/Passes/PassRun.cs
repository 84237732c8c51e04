namespace Lyra.Runtime.Passes;

/// <summary>Which passes of a plan run. The code means the same whichever they are.</summary>
/// <param name="Level">The optimization level.</param>
/// <param name="Count">Only so many passes of the plan run: the first ones.</param>
/// <param name="Chaos">A seed that leaves out half of the passes, for tests; null for none.</param>
internal readonly record struct PassRun(int Level = int.MaxValue, int Count = int.MaxValue, int? Chaos = null)
{
    /// <summary>All passes.</summary>
    public static PassRun All => new(int.MaxValue);

    /// <summary>Whether the pass at an index of the plan may run.</summary>
    public bool Includes(int index, int level) => index < Count && level <= Level && (Chaos is not { } seed || !Omits(seed, index));

    /// <summary>A bit of a hash of the two numbers: the finalizer of MurmurHash3 (A. Appleby, public domain).</summary>
    private static bool Omits(int seed, int index)
    {
        uint hash = unchecked((uint)seed * 0x9E3779B1 + (uint)index);
        hash = unchecked((hash ^ (hash >> 16)) * 0x85EBCA6B);
        hash = unchecked((hash ^ (hash >> 13)) * 0xC2B2AE35);
        return ((hash ^ (hash >> 16)) & 1) != 0;
    }
}
