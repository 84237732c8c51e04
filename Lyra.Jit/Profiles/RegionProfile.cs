using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Profiles;

/// <summary>
/// Everything that was recorded for one region, first from its loop or proc, later from its hot exits. It is the only input of the
/// compiler. A profile only grows, and never while it is being compiled.
/// </summary>
internal sealed class RegionProfile(RegionKind kind, LinkedPrototype root, int loop, int rootPc)
{
    public RegionKind Kind { get; } = kind;

    /// <summary>The loop's index in its prototype; <see cref="LoopMap.None"/> for a proc.</summary>
    public int Loop { get; } = loop;

    /// <summary>The first instruction: for a loop, the one after its charge; for a proc, 0.</summary>
    public int RootPc { get; } = rootPc;

    public CallContext Root { get; } = new(root, null, 0);

    /// <inheritdoc cref="CallContext.Instructions"/>
    public int Instructions => Root.Instructions;

    /// <summary>Of a proc: its results.</summary>
    public ObservedType Returned { get; } = new();

    /// <summary>Whether a recorded call of the proc has returned. The others ended with errors.</summary>
    public bool HasReturned => !Returned.IsOnly(ObservedKinds.None);

    /// <summary>
    /// Of a proc: whether its code calls the interpreter, the host, or a proc of which this is true. The compiler finds it out.
    /// </summary>
    public bool CallsOut { get; set; }

    /// <summary>
    /// Whether a recording has met a switch with many targets. Such code has many paths, so more of it is observed at a time.
    /// </summary>
    public bool HasDispatch { get; set; }

    /// <summary>The callees that its compilation has waited for. It waits for each only once.</summary>
    public HashSet<LinkedPrototype> WaitedFor { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The number of versions of the region that contained a failed speculation.</summary>
    public int FailedSpeculations { get; set; }

    /// <summary>The number of recordings that added to the profile.</summary>
    public int Recordings { get; set; }

    /// <summary><see cref="Iterations"/> after the last recording that changed the profile.</summary>
    public int LastChange { get; set; }

    /// <summary>The number of iterations or calls that these recordings saw from beginning to end.</summary>
    public int Iterations { get; set; }
}
