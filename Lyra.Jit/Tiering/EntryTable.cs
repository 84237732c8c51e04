using Lyra.Jit.Building;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>Tells the compiler which callees are compiled, and for which it should wait.</summary>
/// <param name="maxDepth">Nested calls that the first recording of a proc follows.</param>
internal sealed class EntryTable(int maxDepth) : ICalleeTable
{
    /// <inheritdoc/>
    public EntryCell? Find(LinkedPrototype code) => Of(code).Links.Cell;

    /// <inheritdoc/>
    public bool IsWorthWaitingFor(LinkedPrototype code, RegionProfile by)
    {
        HotRegion hot = Of(code);
        return hot.Attempts.Failures == 0 && !ReferenceEquals(hot.State.Profile, by) && by.WaitedFor.Add(code);
    }

    public HotRegion Of(LinkedPrototype code) => PrototypeTier.Of(code).ProcOf(maxDepth);
}
