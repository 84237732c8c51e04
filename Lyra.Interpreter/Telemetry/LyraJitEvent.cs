namespace Lyra;

/// <summary>The kinds of events of the compiler to machine code.</summary>
public enum LyraJitEventKind
{
    /// <summary>A loop, a proc or an exit of compiled code became hot; its recording begins.</summary>
    Hot,

    /// <summary>A recording is complete and will be compiled.</summary>
    Recorded,

    /// <summary>Machine code is ready and is used from now on.</summary>
    Compiled,

    /// <summary>A recording or a compilation was aborted; <see cref="LyraJitEvent.Detail"/> gives the reason.</summary>
    Aborted,

    /// <summary>
    /// Machine code ended because its loop ended, for the first time at this place. <see cref="JitStatistics.GuardExits"/> counts the
    /// further times.
    /// </summary>
    Exit,

    /// <summary>
    /// A guard failed for the first time, and the interpreter continued in the middle of the machine code.
    /// <see cref="JitStatistics.GuardExits"/> counts the further times. If they become frequent, the exit is <see cref="Hot"/>. Checks of
    /// limits, for which machine code exits at regular intervals, are not reported.
    /// </summary>
    Deoptimized,

    /// <summary>Recordings or compilations of a loop or proc failed several times; it will not be tried again for a long time.</summary>
    Blacklisted,

    /// <summary>
    /// Machine code was discarded, because it did not pay, or because it calls a proc whose machine code was.
    /// <see cref="LyraJitEvent.Detail"/> gives the reason.
    /// </summary>
    Dropped,
}

/// <summary>An event of the compiler to machine code.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="File">The script's file.</param>
/// <param name="Line">The line of the loop, proc or exit, counted from 1.</param>
/// <param name="Proc">The name of the proc; <c>&lt;module&gt;</c> for the top level.</param>
/// <param name="Detail">More for people to read, such as a reason, a guard or a size; may be empty.</param>
public sealed record LyraJitEvent(LyraJitEventKind Kind, string File, int Line, string Proc, string Detail);
