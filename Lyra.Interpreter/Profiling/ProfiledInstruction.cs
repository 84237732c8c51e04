namespace Lyra;

/// <summary>An instruction of the bytecode that was executed.</summary>
/// <param name="Proc">The proc that it belongs to.</param>
/// <param name="File">The file, as traces name it.</param>
/// <param name="Line">The line, from 1; 0 in a proc of the library.</param>
/// <param name="Column">The column, from 1; 0 in a proc of the library.</param>
/// <param name="Index">Its position in the proc's code, as <c>lyra disasm</c> shows it.</param>
/// <param name="Text">The instruction in assembly text.</param>
/// <param name="Opcode">The name of its operation.</param>
/// <param name="Count">How often it was executed.</param>
/// <param name="CompiledCount">How often compiled code executed it.</param>
public sealed record ProfiledInstruction(
    string Proc, string File, int Line, int Column, int Index, string Text, string Opcode, long Count, long CompiledCount)
{
    /// <summary>The times of its executions in the interpreter; null where none was measured.</summary>
    public ProfiledTimes? Times { get; init; }

    /// <summary>How often it has allocated something, callees in C# included; at <see cref="ProfileLevel.Full"/>.</summary>
    public long Allocations { get; init; }

    /// <summary>The bytes that it has allocated, callees in C# included; at <see cref="ProfileLevel.Full"/>.</summary>
    public long Bytes { get; init; }
}
