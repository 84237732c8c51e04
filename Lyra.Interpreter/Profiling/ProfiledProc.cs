using System;

namespace Lyra;

/// <summary>A proc that was called.</summary>
/// <param name="Name">The name, as traces show it; of a proc of the library that is written in Lyra, the name of its builtin.</param>
/// <param name="File">The file, as traces name it.</param>
/// <param name="Line">The line of its first instruction, from 1; 0 for a proc of the library.</param>
/// <param name="Calls">How often its code began.</param>
/// <param name="Instructions">How many of its own instructions were executed, without those of its callees.</param>
/// <param name="CompiledInstructions">How many of these compiled code executed.</param>
public sealed record ProfiledProc(string Name, string File, int Line, long Calls, long Instructions, long CompiledInstructions)
{
    /// <summary>The time from its calls to its returns, by samples; at <see cref="ProfileLevel.Detailed"/>.</summary>
    public TimeSpan InclusiveTime { get; init; }

    /// <summary>The same without the time of its callees.</summary>
    public TimeSpan ExclusiveTime { get; init; }
}
