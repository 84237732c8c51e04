using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Returns a value from its own register instead of copying it first:
/// <code>
///     Move r3, r1                      Return r1
///     Return r3                →
/// </code>
/// </summary>
/// <remarks>
/// This is sound because the frame ends, so that nothing reads the copy. The pass does not cross an entry point, where the copy may come
/// from another path.
/// </remarks>
internal static class ReturnForwarding
{
    public static void Run(ProcCode code)
    {
        bool[]? isEntry = null;
        for (int pc = 0; pc + 1 < code.Code.Count; pc++)
        {
            Instruction move = code.Code[pc];
            Instruction result = code.Code[pc + 1];
            bool isForwarded = move.Op == Opcode.Move && result.Op == Opcode.Return && result.A == move.A;
            if (!isForwarded || (isEntry ??= JumpForms.FindEntries(code))[pc + 1])
            {
                continue;
            }

            code.Code[pc + 1] = result with { A = move.B };
            code.Remove(pc);
        }

        code.Compact();
    }
}
