using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Recording;

/// <summary>
/// All that was recorded for one region: from the first passes through its loop or proc, and later from each exit that became hot. The compiler
/// builds the region from this alone; it only grows, and not while a compilation of it is pending.
/// </summary>
internal sealed class RegionProfile(RegionKind kind, LinkedPrototype root, int loop, int rootPc)
{
    public RegionKind Kind { get; } = kind;

    /// <summary>The loop's index in its prototype; -1 for an entry region.</summary>
    public int Loop { get; } = loop;

    /// <summary>The first instruction: of a loop the one behind its charge, of a proc 0.</summary>
    public int RootPc { get; } = rootPc;

    public CallContext Root { get; } = new(root, null, -1);

    /// <summary>Of an entry region: what its calls gave back.</summary>
    public ObservedType Returned { get; } = new();

    /// <summary>The procs that its compilation has waited for.</summary>
    public HashSet<LinkedPrototype> WaitedFor { get; } = [];

    /// <summary>Versions of the region whose bets were lost.</summary>
    public int LostBets { get; set; }

    /// <summary>Recordings that went into it.</summary>
    public int Recordings { get; set; }

    /// <summary>Passes, from their beginning to their end, that these saw.</summary>
    public int Passes { get; set; }
}
