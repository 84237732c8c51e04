namespace Lyra;

/// <summary>The kinds of warnings of <see cref="LyraHealth"/>.</summary>
public enum LyraHealthWarningKind
{
    /// <summary>
    /// Slots of the pools are rented although no script runs. Lyra returns each slot when the call that rented it ends, so this is a defect
    /// of Lyra.
    /// </summary>
    SlotsNotReturned,

    /// <summary>A slot was returned twice or to another pool. The return was refused. It is a defect of Lyra.</summary>
    RefusedReturns,

    /// <summary>
    /// An entry of the cache was damaged, found and replaced. It is a defect of Lyra or of unsafe code in the process.
    /// </summary>
    DamagedCache,

    /// <summary>
    /// The memory that scripts can reach grew from each checkpoint to the next for a while: a script or the host may keep values in globals
    /// that it no longer needs.
    /// </summary>
    GrowingMemory,
}
