using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Replaces a jump to a return by the return:
/// <code>
///     GetField r2, r0, s0              GetField r2, r0, s0
///     Move r1, r2                      Move r1, r2
///     Jump L9                  →       Return r1
///     …                                …
/// L9: Return r1                    L9: Return r1
/// </code>
/// </summary>
/// <remarks>
/// This is sound because a return raises nothing and runs no handler: code that leaves a loop or a <c>try</c> closes and finishes what it
/// must before the jump. The arms of an <c>if</c> or <c>match</c> that a proc returns then end on their own, and
/// <see cref="ReturnForwarding"/> removes their copies.
/// </remarks>
internal static class ReturnDuplication
{
    public static void Run(ProcCode code)
    {
        bool isChanged = false;
        for (int pc = 0; pc < code.Code.Count; pc++)
        {
            int target = code.Targets[pc];
            if (code.Code[pc].Op != Opcode.Jump || code.Code[target].Op is not (Opcode.Return or Opcode.ReturnNil))
            {
                continue;
            }

            code.Code[pc] = code.Code[target];
            code.Positions[pc] = code.Positions[target];
            code.Targets[pc] = ProcCode.NoTarget;
            isChanged = true;
        }

        // A return that was only jumped to is not reached any more.
        if (isChanged)
        {
            BytecodeDeadCode.Run(code);
        }
    }
}
