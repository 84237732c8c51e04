using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>
/// The procs that have, or will have, compiled code of their own. A compilation asks on another thread while the script's thread changes
/// the answers: each answer is checked again when the compiled region is installed.
/// </summary>
internal interface ICalleeTable
{
    /// <summary>The cell that holds a proc's code; null when it has none and none is expected.</summary>
    EntryCell? Find(LinkedPrototype code);

    /// <summary>True when it is worth waiting for the code of a proc. Each profile waits at most once for a proc.</summary>
    /// <param name="code">The proc.</param>
    /// <param name="by">The caller's profile.</param>
    bool IsWorthWaitingFor(LinkedPrototype code, RegionProfile by);
}
