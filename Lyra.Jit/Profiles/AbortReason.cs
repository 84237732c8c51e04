namespace Lyra.Jit.Profiles;

/// <summary>The reason why a recording or a compilation was aborted. The table in docs/jit.md derives from it.</summary>
internal enum AbortReason : byte
{
    /// <summary>The recording left the loop before its first iteration ended.</summary>
    LeftLoop,

    /// <summary>An error left the loop in its first recorded iteration, or ended every recorded call of the proc.</summary>
    RaisedOut,

    /// <summary>The recorded frame was suspended: the loop itself yields or awaits.</summary>
    Suspended,

    /// <summary>A loop or proc that the recorded frame called became hot and was recorded instead.</summary>
    Preempted,

    /// <summary>The recording executed more instructions than its limit.</summary>
    TooLong,

    /// <summary>The region would exceed a limit of <see cref="RegionLimits"/> even with nothing inlined.</summary>
    TooLarge,

    /// <summary>Every value at the loop head changes its type between iterations.</summary>
    UnstableTypes,

    /// <summary>A callee must be compiled first.</summary>
    WaitsForCallee,

    /// <summary>The queue of the compiler is full.</summary>
    QueueFull,

    /// <summary>Profiles and compiled code take as much memory as they may.</summary>
    CodeLimit,

    /// <summary>A fault in the compiler; the event describes it.</summary>
    CompilerFault,

    /// <summary>Stress mode forced it.</summary>
    Forced,
}
