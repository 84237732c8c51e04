namespace Lyra.Jit.Recording;

/// <summary>Why a recording or a compilation was given up. The table in docs/jit.md derives from it.</summary>
internal enum AbortReason : byte
{
    None,

    /// <summary>The recording left the loop before it came round once.</summary>
    LeftLoop,

    /// <summary>An error left the recorded frame.</summary>
    RaisedOut,

    /// <summary>The recorded frame was suspended (a yield or an await in the loop itself).</summary>
    Suspended,

    /// <summary>Something that the recorded frame called became hot, and was recorded in its place.</summary>
    Preempted,

    /// <summary>The recording took more instructions than it may.</summary>
    TooLong,

    /// <summary>The region would exceed a cap of <see cref="Building.RegionLimits"/> even with nothing inlined.</summary>
    TooLarge,

    /// <summary>Every value at the loop's head changes its type from pass to pass.</summary>
    UnstableTypes,

    /// <summary>A part of the proc that runs often has instructions that only the interpreter can execute, which needs frames that compiled callers don't have.</summary>
    NeedsInterpreter,

    /// <summary>A proc that it calls is compiled first.</summary>
    WaitsForCallee,

    /// <summary>An error in the compiler itself; the event names it.</summary>
    CompilerFault,

    /// <summary>The stress plan asked for it.</summary>
    Forced,
}
