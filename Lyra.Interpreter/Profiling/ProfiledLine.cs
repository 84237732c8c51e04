using System;

namespace Lyra;

/// <summary>A line of a script that was executed.</summary>
/// <param name="File">The file, as traces name it.</param>
/// <param name="Line">The number of the line, from 1.</param>
/// <param name="Text">The line without its indentation.</param>
/// <param name="Hits">How often its most frequent instruction was executed.</param>
/// <param name="Instructions">How many instructions of the line were executed.</param>
/// <param name="CompiledInstructions">How many of these compiled code executed.</param>
public sealed record ProfiledLine(string File, int Line, string Text, long Hits, long Instructions, long CompiledInstructions)
{
    /// <summary>The time in which the interpreter was in the line, by samples; at <see cref="ProfileLevel.Detailed"/>.</summary>
    public TimeSpan InterpretedTime { get; init; }

    /// <summary>The time in which compiled code was in the line, by samples; at <see cref="ProfileLevel.Detailed"/>.</summary>
    public TimeSpan CompiledTime { get; init; }

    /// <summary>
    /// The times of its executions in the interpreter; null where none was measured. An execution ends where another line or proc begins.
    /// </summary>
    public ProfiledTimes? Times { get; init; }

    /// <summary>The bytes that it has allocated; at <see cref="ProfileLevel.Full"/>.</summary>
    public long Bytes { get; init; }
}
