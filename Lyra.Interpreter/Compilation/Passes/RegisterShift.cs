using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Inserts registers after the parameters of a proc; the numbers of all following registers increase. Such low registers keep their values
/// across calls, which overwrite everything above their window.
/// </summary>
internal static class RegisterShift
{
    /// <summary>Moves all registers other than parameters up, in the code, the handlers and the captures of closures.</summary>
    public static void Run(ProcCode code, int count)
    {
        int first = code.ParameterCount;
        for (int pc = 0; pc < code.Code.Count; pc++)
        {
            code.Code[pc] = Shift(code.Code[pc], first, count);
        }

        for (int i = 0; i < code.Handlers.Count; i++)
        {
            HandlerInfo handler = code.Handlers[i];
            if (handler.Register >= first)
            {
                code.Handlers[i] = handler with { Register = handler.Register + count };
            }
        }

        foreach (Prototype child in code.Children)
        {
            ShiftCaptures(child.Captures, first, count);
        }

        code.RegisterCount += count;
    }

    private static Instruction Shift(Instruction instruction, int first, int count)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        if (row.A.IsRegister() && instruction.A >= first)
        {
            instruction.A += (ushort)count;
        }

        if (row.B.IsRegister() && instruction.B >= first)
        {
            instruction.B += (ushort)count;
        }

        if (row.C.IsRegister() && instruction.C >= first)
        {
            instruction.C += (ushort)count;
        }

        return instruction;
    }

    /// <summary>Changes the child in place. This is safe because only the emitter of its parent has a reference to it yet.</summary>
    private static void ShiftCaptures(CaptureInfo[] captures, int first, int count)
    {
        for (int i = 0; i < captures.Length; i++)
        {
            CaptureInfo capture = captures[i];
            if (capture.FromRegister && capture.Index >= first)
            {
                captures[i] = capture with { Index = capture.Index + count };
            }
        }
    }
}
