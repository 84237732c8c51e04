using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Redirects a jump to a jump to the final target, and removes jumps to the next instruction:
/// <code>
///     JumpIf r0, L2                    JumpIf r0, L7
///     …                        →       …
/// L2: Jump L7                      L2: Jump L7
/// </code>
/// </summary>
/// <remarks>
/// Loop heads and back-edges charge steps, so the pass skips only plain <see cref="Opcode.Jump"/>s. No source compiles to a cycle of these;
/// the walk is bounded nevertheless.
/// </remarks>
internal static class BytecodeJumpThreading
{
    private const int MaxHops = 100;

    public static void Run(ProcCode code)
    {
        for (int pc = 0; pc < code.Code.Count; pc++)
        {
            if (code.Targets[pc] != ProcCode.NoTarget)
            {
                code.Targets[pc] = FinalTarget(code, code.Targets[pc]);
                MoveBody(code, code.Code[pc], code.Targets[pc]);
            }
        }

        for (int pc = 0; pc < code.Code.Count; pc++)
        {
            if (code.Code[pc].Op == Opcode.Jump && code.Targets[pc] == pc + 1)
            {
                code.Remove(pc);
            }
        }

        code.Compact();
    }

    /// <summary>The body of a loop begins where its back-edge leads; a body of jumps alone is nothing but the back-edge.</summary>
    private static void MoveBody(ProcCode code, in Instruction jump, int target)
    {
        if (OpcodeInfo.Of(jump.Op).IsBackEdge)
        {
            code.Loops[jump.B] = code.Loops[jump.B] with { BodyPc = target };
        }
    }

    private static int FinalTarget(ProcCode code, int target)
    {
        for (int hops = 0; hops < MaxHops && target < code.Code.Count && code.Code[target].Op == Opcode.Jump; hops++)
        {
            target = code.Targets[target];
        }

        return target;
    }
}
