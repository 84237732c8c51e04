using Lyra.Runtime.Bytecode;

namespace Lyra.Tests.Harness.Programs;

/// <summary>
/// A program whose code contains an opcode at the given optimization level, and that can print its output only by executing it.
/// </summary>
internal sealed record OpcodeExample(Opcode Opcode, string Source, string Expected, int Level = 2)
{
    /// <summary>The opcodes that no compiled program contains: those of recordings and profiles.</summary>
    public static readonly Opcode[] OfTools = [Opcode.Trap, Opcode.Count, Opcode.Enter, Opcode.Time];
}
