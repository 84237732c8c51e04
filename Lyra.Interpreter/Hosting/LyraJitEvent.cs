namespace Lyra;

/// <summary>What the compiler to machine code has done with a loop or proc.</summary>
public enum LyraJitEventKind
{
    /// <summary>A loop, a proc or a way out of compiled code became hot; a recording of it begins.</summary>
    Hot,

    /// <summary>A recording ended with something to compile.</summary>
    Recorded,

    /// <summary>Machine code was made and is entered from now on.</summary>
    Compiled,

    /// <summary>A recording or a compilation was given up; <see cref="LyraJitEvent.Detail"/> says why.</summary>
    Aborted,

    /// <summary>Machine code was left because its loop ended.</summary>
    Exit,

    /// <summary>Machine code was left in the middle: something was not as recorded.</summary>
    Deoptimized,

    /// <summary>What failed several times is left alone for long.</summary>
    Blacklisted,
}

/// <summary>Something that the compiler to machine code did.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="File">The script's file.</param>
/// <param name="Line">The line of the loop or proc, or of the exit; 1-based.</param>
/// <param name="Proc">The proc it belongs to; <c>&lt;module&gt;</c> for the top level.</param>
/// <param name="Detail">More about it, for people: a reason, a guard, a size. Empty when there is no more.</param>
public sealed record LyraJitEvent(LyraJitEventKind Kind, string File, int Line, string Proc, string Detail);
