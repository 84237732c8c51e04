using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>The kinds of events.</summary>
internal enum TierEventKind : byte
{
    /// <summary>
    /// A loop, proc or exit became hot, and a recording of it begins; or a region waits for a proc, which is recorded at its next call.
    /// </summary>
    Hot,

    /// <summary>A recording has ended with something to compile.</summary>
    Recorded,

    /// <summary>A region was installed.</summary>
    Compiled,

    /// <summary>A recording or a compilation was aborted.</summary>
    Aborted,

    /// <summary>A region exited because its loop ended.</summary>
    Exit,

    /// <summary>A region exited inside its loop or proc.</summary>
    Deoptimized,

    /// <summary>A loop or proc failed several times, and waits long for its next attempt.</summary>
    Blacklisted,
}

/// <summary>What became hot.</summary>
internal enum HotCause : byte
{
    /// <summary>The loop or proc itself.</summary>
    Root,

    /// <summary>An exit of its region.</summary>
    Exit,

    /// <summary>A region that calls the proc and waits for it.</summary>
    Caller,
}

/// <summary>Something that the tier controller did.</summary>
/// <param name="Kind">What.</param>
/// <param name="Code">In which proc.</param>
/// <param name="Pc">At which instruction.</param>
/// <param name="Detail">An explanation for people; empty when there is none.</param>
internal readonly record struct TierEvent(TierEventKind Kind, LinkedPrototype Code, int Pc, string Detail)
{
    /// <summary>Of <see cref="TierEventKind.Hot"/>: what became hot.</summary>
    public HotCause Cause { get; init; }

    /// <summary>Of <see cref="TierEventKind.Aborted"/>: why.</summary>
    public AbortReason Reason { get; init; }

    /// <summary>
    /// Of <see cref="TierEventKind.Aborted"/>: the part of <see cref="Detail"/> behind the reason; empty when there is none.
    /// </summary>
    public string Explanation { get; init; } = string.Empty;
}
