using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Inspection;

/// <summary>A bytecode instruction as `lyra disasm` shows it, without its place.</summary>
internal static class InstructionDescription
{
    public static string Of(LinkedPrototype code, int pc)
    {
        Instruction instruction = code.Prototype.Code[pc];
        string text = $"{OpcodeInfo.Of(instruction.Op).Mnemonic} {InstructionText.Operands(instruction, pc)}".TrimEnd();
        string comment = code.Module.Compiled is { } module ? InstructionText.Comment(instruction, code.Prototype, module) : string.Empty;
        return comment.Length == 0 ? text : $"{text} ; {comment}";
    }
}
