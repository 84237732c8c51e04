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

    /// <summary>Machine code ended because its loop ended.</summary>
    Exit,

    /// <summary>A guard failed, and the interpreter continued in the middle of the machine code.</summary>
    Deoptimized,

    /// <summary>A loop or proc failed several times and will not be tried again for a long time.</summary>
    Blacklisted,
}

/// <summary>An event of the compiler to machine code.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="File">The script's file.</param>
/// <param name="Line">The line of the loop, proc or exit, counted from 1.</param>
/// <param name="Proc">The name of the proc; <c>&lt;module&gt;</c> for the top level.</param>
/// <param name="Detail">More for people to read, such as a reason, a guard or a size; may be empty.</param>
public sealed record LyraJitEvent(LyraJitEventKind Kind, string File, int Line, string Proc, string Detail);
