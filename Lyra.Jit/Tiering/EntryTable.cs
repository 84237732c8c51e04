using Lyra.Jit.Building;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>Tells the compiler which callees are compiled, and for which it should wait.</summary>
internal sealed class EntryTable : ICalleeTable
{
    /// <inheritdoc/>
    public EntryCell? Find(LinkedPrototype code) => Of(code).Links.Cell;

    /// <inheritdoc/>
    public bool IsWorthWaitingFor(LinkedPrototype code, RegionProfile by)
    {
        HotRegion hot = Of(code);
        return hot.Attempts.Failures == 0 && !ReferenceEquals(hot.State.Profile, by) && by.WaitedFor.Add(code);
    }

    public static HotRegion Of(LinkedPrototype code) => PrototypeTier.Of(code).ProcOf();
}
