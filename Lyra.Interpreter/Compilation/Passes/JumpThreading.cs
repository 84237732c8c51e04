using Lyra.Interpreter.Compilation.Emission;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// A jump to a jump goes where that one goes, and a jump to the next instruction is dropped:
/// <code>
///     JumpIf r0, L2                    JumpIf r0, L7
///     …                        →       …
/// L2: Jump L7                      L2: Jump L7
/// </code>
/// </summary>
/// <remarks>
/// Loop heads and back-edges charge, so only plain <see cref="Opcode.Jump"/>s are passed over. A cycle of such jumps does not come from source;
/// the walk is bounded all the same.
/// </remarks>
internal static class JumpThreading
{
    private const int MaxHops = 100;

    public static void Run(ProcCode code)
    {
        for (int pc = 0; pc < code.Code.Count; pc++)
        {
            if (code.Targets[pc] != ProcCode.NoTarget) code.Targets[pc] = FinalTarget(code, code.Targets[pc]);
        }

        for (int pc = 0; pc < code.Code.Count; pc++)
        {
            if (code.Code[pc].Op == Opcode.Jump && code.Targets[pc] == pc + 1) code.Remove(pc);
        }

        code.Compact();
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
