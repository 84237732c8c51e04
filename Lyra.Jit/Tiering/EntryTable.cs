using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>What the compiler may know of procs that are compiled as such, or could be.</summary>
/// <param name="maxDepth">As <see cref="PrototypeTier.ProcOf"/> wants it.</param>
internal sealed class EntryTable(int maxDepth)
{
    /// <summary>The proc that was asked for last.</summary>
    public HotRegion? Requested { get; private set; }

    /// <summary>Where a proc's code is found; null when it has none and none is to be expected.</summary>
    public EntryCell? Find(LinkedPrototype code) => Of(code).Cell;

    /// <summary>Asks for a proc to be recorded at its next call.</summary>
    /// <param name="code">The proc.</param>
    /// <param name="by">What calls it; waits once.</param>
    /// <returns>Whether it is worth waiting for.</returns>
    public bool Request(LinkedPrototype code, RegionProfile by)
    {
        HotRegion hot = Of(code);
        if (hot.Failures > 0 || hot.RequestedBy.Contains(by) || ReferenceEquals(hot.Profile, by))
        {
            return false;
        }

        hot.RequestedBy.Add(by);
        hot.WasPostponed = true;
        Requested = hot;
        if (code.Heat > 0)
        {
            code.SetHeat(0);
        }

        return true;
    }

    public HotRegion Of(LinkedPrototype code) => PrototypeTier.Of(code).ProcOf(maxDepth);
}
