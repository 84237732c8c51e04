using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Replaces a conditional jump over a jump by the negated conditional jump:
/// <code>
///     JumpNeInt r1, 2, L2
///     Jump L9                  →       JumpEqInt r1, 2, L9
/// L2:                              L2:
/// </code>
/// </summary>
/// <remarks>Sound because each negated form jumps exactly when its partner does not, for NaN too, and calls the same hooks.</remarks>
internal static class BranchInversion
{
    public static void Run(ProcCode code)
    {
        bool[]? isEntry = null;
        for (int pc = 0; pc + 1 < code.Code.Count; pc++)
        {
            Opcode negation = OpcodeInfo.Of(code.Code[pc].Op).Negation;
            bool jumpsOver = code.Targets[pc] == pc + 2 && code.Code[pc + 1].Op == Opcode.Jump;
            if (negation == Opcode.Nop || !jumpsOver || (isEntry ??= JumpForms.FindEntries(code))[pc + 1])
            {
                continue;
            }

            code.Code[pc] = code.Code[pc] with { Op = negation };
            code.Targets[pc] = code.Targets[pc + 1];
            code.Remove(pc + 1);
        }

        code.Compact();
    }
}
