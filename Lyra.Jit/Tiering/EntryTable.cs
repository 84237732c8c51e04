using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>
/// What the compiler may know of procs that are compiled as such, or could be. It may ask from another thread, while the script's thread changes what is
/// known: each answer was right when it was given, and is looked at again when what came of it is installed.
/// </summary>
/// <param name="maxDepth">As <see cref="PrototypeTier.ProcOf"/> wants it.</param>
internal sealed class EntryTable(int maxDepth)
{
    /// <summary>Where a proc's code is found; null when it has none and none is to be expected.</summary>
    public EntryCell? Find(LinkedPrototype code) => Of(code).Cell;

    /// <summary>Whether a proc is worth waiting for. Each profile waits once for it.</summary>
    /// <param name="code">The proc.</param>
    /// <param name="by">What calls it.</param>
    public bool IsToWaitFor(LinkedPrototype code, RegionProfile by)
    {
        HotRegion hot = Of(code);
        return hot.Failures == 0 && !ReferenceEquals(hot.Profile, by) && by.WaitedFor.Add(code);
    }

    public HotRegion Of(LinkedPrototype code) => PrototypeTier.Of(code).ProcOf(maxDepth);
}
