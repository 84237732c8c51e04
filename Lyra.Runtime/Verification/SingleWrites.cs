using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Verification;

/// <summary>
/// Proves that each variable declared by <c>let</c>, <c>const</c> or <c>import</c> is assigned at most once, so that compiled code may
/// cache its value. See the third invariant of <see cref="BytecodeVerifier"/>.
/// </summary>
internal static class SingleWrites
{
    public static void Verify(CompiledModule module, List<Prototype> prototypes, FaultList faults)
    {
        bool[] isWritten = new bool[module.Variables.Length];
        for (int i = 0; i < prototypes.Count && !faults.IsFull; i++)
        {
            faults.Enter(i, prototypes[i]);
            Instruction[] code = prototypes[i].Code;
            for (int pc = 0; pc < code.Length; pc++)
            {
                Instruction write = code[pc];
                if (write.Op != Opcode.SetModule || !IsConstant(module.Variables[write.Wide].Kind))
                {
                    continue;
                }

                if (isWritten[write.Wide] || !ReferenceEquals(prototypes[i], module.Main) || IsInCycle(prototypes[i], pc))
                {
                    faults.AddAt(pc, write, "a variable that may be set only once is set again");
                }

                isWritten[write.Wide] = true;
            }
        }
    }

    private static bool IsConstant(ModuleVariableKind kind) =>
        kind is ModuleVariableKind.Let or ModuleVariableKind.Const or ModuleVariableKind.Import;

    /// <summary>Whether the instruction may be on a cycle: a jump or handler leads back to it, or to a position in front of it.</summary>
    private static bool IsInCycle(Prototype prototype, int at)
    {
        for (int pc = at; pc < prototype.Code.Length; pc++)
        {
            Instruction i = prototype.Code[pc];
            int target = OpcodeInfo.Of(i.Op).JumpTarget(i, pc);
            if ((target >= 0 && target <= at) || (i.Op == Opcode.Switch && LeadsBack(prototype.SwitchTables[i.Wide], at)))
            {
                return true;
            }
        }

        foreach (HandlerInfo handler in prototype.Handlers)
        {
            if (handler.IsEntered && handler.HandlerPc <= at && handler.End > at)
            {
                return true;
            }
        }

        return false;
    }

    private static bool LeadsBack(SwitchTable table, int at)
    {
        bool leadsBack = table.DefaultPc <= at;
        foreach ((_, int target) in table.Cases)
        {
            leadsBack |= target <= at;
        }

        return leadsBack;
    }
}
