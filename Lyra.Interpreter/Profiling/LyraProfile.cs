using System;
using System.Collections.Generic;

namespace Lyra;

/// <summary>
/// What an engine has executed since <see cref="LyraEngine.Profile"/>, up to one moment. Immutable, and serializable to JSON. Procs of the
/// library that are written in Lyra (<c>map</c>, <c>filter</c>) are counted like those of scripts, except that they have no lines.
/// </summary>
public sealed record LyraProfile
{
    /// <summary>What was measured.</summary>
    public required ProfileLevel Level { get; init; }

    /// <summary>The elapsed time of all runs.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The time in the interpreter, by samples; at <see cref="ProfileLevel.Detailed"/>.</summary>
    public required TimeSpan InterpretedTime { get; init; }

    /// <summary>The time in compiled code, by samples; at <see cref="ProfileLevel.Detailed"/>.</summary>
    public required TimeSpan CompiledTime { get; init; }

    /// <summary>The executed instructions. Steps are another measure: a step limit counts code before its optimization.</summary>
    public required long Instructions { get; init; }

    /// <summary>The instructions that compiled code executed.</summary>
    public required long CompiledInstructions { get; init; }

    /// <summary>The files of which something was executed, by name.</summary>
    public required IReadOnlyList<ProfiledFile> Files { get; init; }

    /// <summary>The lines that were executed, by file and line.</summary>
    public required IReadOnlyList<ProfiledLine> Lines { get; init; }

    /// <summary>The procs that were called: those with the most time first, then those with the most executed instructions.</summary>
    public required IReadOnlyList<ProfiledProc> Procs { get; init; }

    /// <summary>The loops that were executed, those with the most iterations first.</summary>
    public required IReadOnlyList<ProfiledLoop> Loops { get; init; }

    /// <summary>
    /// The conditional jumps that were executed, the most frequent ones first; at <see cref="ProfileLevel.Full"/>. Those that continue
    /// loops are among <see cref="Loops"/>.
    /// </summary>
    public required IReadOnlyList<ProfiledBranch> Branches { get; init; }

    /// <summary>The operations of the bytecode that were executed, the most frequent ones first.</summary>
    public required IReadOnlyList<ProfiledOpcode> Opcodes { get; init; }

    /// <summary>The accesses to memory; null below <see cref="ProfileLevel.Full"/>.</summary>
    public required MemoryOperations? Memory { get; init; }

    /// <summary>The instructions that were executed, in the order of the code.</summary>
    public required IReadOnlyList<ProfiledInstruction> Code { get; init; }

    /// <summary>The tree of calls, callers before their callees; at <see cref="ProfileLevel.Detailed"/>.</summary>
    public required IReadOnlyList<ProfiledCall> Calls { get; init; }

    /// <summary>The samples of the stack in order, at most 100,000; at <see cref="ProfileLevel.Detailed"/>.</summary>
    public required IReadOnlyList<ProfiledSample> Samples { get; init; }
}
