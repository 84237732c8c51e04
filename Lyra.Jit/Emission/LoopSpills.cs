using System.Collections.Generic;

namespace Lyra.Jit.Emission;

/// <summary>
/// How the host calls of a loop store the values of their snapshots, where nothing else in the loop uses the exit buffers.
/// </summary>
internal sealed class LoopSpills
{
    /// <summary>With more addresses than these, the CLR's compiler keeps other values in memory.</summary>
    private const int MaxPlaces = 6;

    /// <summary>
    /// The values that the loop does not change, in the elements where the calls expect them: stored once, in front of it.
    /// </summary>
    public SpillPlan Kept { get; } = new([]);

    /// <summary>What to store in front of the loop: <see cref="Kept"/>, without what an outer loop has stored.</summary>
    public SpillPlan Added { get; } = new([]);

    /// <summary>
    /// The elements of numbers that the calls store each time. Their addresses are loaded once, so that no index is checked.
    /// </summary>
    public List<(string Array, int Index)> Changing { get; } = [];

    /// <summary>The locals with these addresses.</summary>
    public Dictionary<(string Array, int Index), IlLocal> Places { get; } = [];

    /// <summary>Whether the code loads these addresses.</summary>
    public bool UsesPlaces => Changing.Count <= MaxPlaces;
}
