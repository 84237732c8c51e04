using Lyra.Interpreter.Compilation.Emission;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// A conditional jump over a jump becomes the negated conditional jump:
/// <code>
///     JumpNeInt r1, 2, L2
///     Jump L9                  →       JumpEqInt r1, 2, L9
/// L2:                              L2:
/// </code>
/// </summary>
/// <remarks>Sound because every negated form jumps exactly when its partner does not, for NaN too, and asks the same hooks.</remarks>
internal static class BranchInversion
{
    public static void Run(ProcCode code)
    {
        bool[] isEntry = JumpFacts.FindEntries(code);
        for (int pc = 0; pc + 1 < code.Code.Count; pc++)
        {
            Opcode negation = JumpFacts.Negation(code.Code[pc].Op);
            bool jumpsOver = negation != Opcode.Nop && code.Targets[pc] == pc + 2 && code.Code[pc + 1].Op == Opcode.Jump && !isEntry[pc + 1];
            if (!jumpsOver) continue;

            code.Code[pc] = code.Code[pc] with { Op = negation };
            code.Targets[pc] = code.Targets[pc + 1];
            code.Remove(pc + 1);
        }

        code.Compact();
    }
}
