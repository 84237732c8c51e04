using System;
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

    /// <summary>A recording ended with a profile that can be compiled.</summary>
    Recorded,

    /// <summary>A region was installed.</summary>
    Compiled,

    /// <summary>A recording or a compilation was aborted.</summary>
    Aborted,

    /// <summary>A region exited because its loop ended.</summary>
    Exit,

    /// <summary>A region exited inside its loop or proc because a guard failed.</summary>
    Deoptimized,

    /// <summary>
    /// A region exited so that the interpreter checks a limit: nearly always because the budget is used up, which is refilled.
    /// </summary>
    LimitCheck,

    /// <summary>A region was discarded because it did not pay, or because it calls a proc whose region was.</summary>
    Dropped,

    /// <summary>Recordings or compilations of a loop or proc failed several times, and the delay before its next attempt is long.</summary>
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

/// <summary>An action of the tier controller.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Code">The proc.</param>
/// <param name="Pc">The instruction.</param>
/// <param name="Detail">An explanation for people; empty when there is none.</param>
internal readonly record struct TierEvent(TierEventKind Kind, LinkedPrototype Code, int Pc, string Detail)
{
    /// <summary>Of <see cref="TierEventKind.Hot"/>: what became hot.</summary>
    public HotCause Cause { get; init; }

    /// <summary>Of <see cref="TierEventKind.Aborted"/>: the reason.</summary>
    public AbortReason Reason { get; init; }

    /// <summary>Of <see cref="TierEventKind.Compiled"/>: the time of the compilation.</summary>
    public TimeSpan CompileTime { get; init; }

    /// <summary>Of an exit: how often its guard has exited, including this time.</summary>
    public long Exits { get; init; }

    /// <summary>
    /// Of <see cref="TierEventKind.Aborted"/>: the part of <see cref="Detail"/> after the reason; empty when there is none.
    /// </summary>
    public string Explanation { get; init; } = string.Empty;
}
