using System;
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
        int[] firstTargets = FirstTargets(module.Main);
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

                if (isWritten[write.Wide] || !ReferenceEquals(prototypes[i], module.Main) || firstTargets[pc] <= pc)
                {
                    faults.AddAt(pc, write, "a variable that may be set only once is set again");
                }

                isWritten[write.Wide] = true;
            }
        }
    }

    private static bool IsConstant(ModuleVariableKind kind) =>
        kind is ModuleVariableKind.Let or ModuleVariableKind.Const or ModuleVariableKind.Import;

    /// <summary>
    /// For each instruction, the first one that a jump from it, or from one behind it, leads to. An instruction may be on a cycle if that
    /// is not behind it. An error leads from the whole range of a handler to its code.
    /// </summary>
    private static int[] FirstTargets(Prototype prototype)
    {
        int[] first = new int[prototype.Code.Length];
        Array.Fill(first, int.MaxValue);
        foreach (HandlerInfo handler in prototype.Handlers)
        {
            if (handler.IsEntered)
            {
                first[handler.End - 1] = Math.Min(first[handler.End - 1], handler.HandlerPc);
            }
        }

        int lowest = int.MaxValue;
        for (int pc = first.Length - 1; pc >= 0; pc--)
        {
            Instruction i = prototype.Code[pc];
            int target = i.Op == Opcode.Switch ? FirstOf(prototype.SwitchTables[i.Wide]) : OpcodeInfo.Of(i.Op).JumpTarget(i, pc);
            lowest = Math.Min(lowest, Math.Min(first[pc], target >= 0 ? target : int.MaxValue));
            first[pc] = lowest;
        }

        return first;
    }

    private static int FirstOf(SwitchTable table)
    {
        int first = table.DefaultPc;
        foreach ((_, int target) in table.Cases)
        {
            first = Math.Min(first, target);
        }

        return first;
    }
}
