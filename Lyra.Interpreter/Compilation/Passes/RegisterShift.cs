using Lyra.Interpreter.Compilation.Emission;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Makes room for registers behind a proc's parameters: every register from there on gets a higher number. Such low registers keep their values
/// over calls, whose windows lose everything above them.
/// </summary>
internal static class RegisterShift
{
    /// <summary>Moves all registers that are no parameters up, in code, handlers and what the children capture.</summary>
    public static void Run(ProcCode code, int count)
    {
        int first = code.ParameterCount;
        for (int pc = 0; pc < code.Code.Count; pc++) code.Code[pc] = Shift(code.Code[pc], first, count);
        for (int i = 0; i < code.Handlers.Count; i++)
        {
            HandlerInfo handler = code.Handlers[i];
            if (handler.Register >= first) code.Handlers[i] = handler with { Register = handler.Register + count };
        }

        foreach (Prototype child in code.Children) ShiftCaptures(child.Captures, first, count);
        code.RegisterCount += count;
    }

    private static Instruction Shift(Instruction instruction, int first, int count)
    {
        string letters = RegisterFacts.Letters(instruction.Op);
        if (letters[0] != '-' && instruction.A >= first) instruction.A += (ushort)count;
        if (letters[1] != '-' && instruction.B >= first) instruction.B += (ushort)count;
        if (letters[2] is 'r' or '2' && instruction.C >= first) instruction.C += (ushort)count;
        return instruction;
    }

    /// <summary>In place: the child is new, and nobody but its parent's emitter has it yet.</summary>
    private static void ShiftCaptures(CaptureInfo[] captures, int first, int count)
    {
        for (int i = 0; i < captures.Length; i++)
        {
            if (captures[i].FromRegister && captures[i].Index >= first) captures[i] = captures[i] with { Index = captures[i].Index + count };
        }
    }
}
