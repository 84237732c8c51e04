using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace Lyra.IlVerify.Flow;

/// <summary>Finds the beginnings of a method's basic blocks.</summary>
internal static class Leaders
{
    public static bool[] Find(MethodFrame frame)
    {
        Collection<Instruction> code = frame.Body.Instructions;
        bool[] leaders = new bool[code.Count + 1];
        leaders[0] = true;
        for (int i = 0; i < code.Count; i++)
        {
            leaders[i + 1] |= EndsBlock(code[i]);
            foreach (Instruction? target in TargetsOf(code[i]))
            {
                leaders[frame.IndexOf(target)] = true;
            }
        }

        foreach (Region region in frame.Regions.All)
        {
            leaders[region.Start] = true;
            leaders[region.End] = true;
        }

        return leaders;
    }

    public static bool EndsBlock(Instruction instruction)
    {
        return instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;
    }

    /// <summary>
    /// The targets of a branch, without the next instruction; null for a target that is not an instruction of the method.
    /// </summary>
    public static Instruction?[] TargetsOf(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget => [instruction.Operand as Instruction],
        OperandType.InlineSwitch => (Instruction?[])instruction.Operand,
        _ => [],
    };
}
