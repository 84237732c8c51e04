using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Removes stores to a register that the code which follows overwrites without having read it:
/// <code>
///     LoadInt r1, 5                    MulInt r1, r0, 8
///     MulInt r1, r0, 8         →
/// </code>
/// </summary>
/// <remarks>
/// <para>
/// Only instructions that have no effect but the store are removed: they neither throw nor allocate. The search goes along a straight
/// line, so that its time is in proportion to the code, and ends at a jump, whose other way may read the register.
/// </para>
/// <para>
/// A handler reads the registers as they were at the instruction that threw. The verifier takes every instruction of its range for one that
/// may throw, so no store is removed if an instruction up to the next store is in a range. Registers that closures capture or that handlers
/// own stay as they are.
/// </para>
/// </remarks>
internal static class DeadStores
{
    /// <summary>The most instructions after the store that are searched for the next use of its register.</summary>
    private const int MaxDistance = 16;

    private const OpTraits Effects = OpTraits.MayThrow | OpTraits.MayCall | OpTraits.Allocates | OpTraits.WritesHeap
        | OpTraits.Jumps | OpTraits.Ends | OpTraits.Waits;

    public static void Run(ProcCode code)
    {
        bool[]? isEntry = null;
        HashSet<int>? owned = null;
        for (int pc = 0; pc + 1 < code.Code.Count; pc++)
        {
            Instruction store = code.Code[pc];
            if (!IsPlainStore(store) || !IsOverwritten(code, pc, ref isEntry))
            {
                continue;
            }

            owned ??= FindOwned(code);
            if (!owned.Contains(store.A))
            {
                code.Remove(pc);
            }
        }

        code.Compact();
    }

    /// <summary>Whether the instruction writes one register and does nothing else.</summary>
    private static bool IsPlainStore(in Instruction instruction)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        return row.A == OperandKind.Write && (row.Traits & Effects) == 0;
    }

    private static bool IsOverwritten(ProcCode code, int store, ref bool[]? isEntry)
    {
        int register = code.Code[store].A;
        for (int pc = store + 1; pc < code.Code.Count && pc - store <= MaxDistance; pc++)
        {
            Instruction i = code.Code[pc];
            OpcodeInfo row = OpcodeInfo.Of(i.Op);
            if (RegisterUse.ReadsAlone(i, register) || RegisterUse.ReadsInGroup(i, register))
            {
                return false;
            }

            if ((row.Traits & (OpTraits.Jumps | OpTraits.Ends)) != 0)
            {
                return false;
            }

            if (RegisterUse.Overwrites(i, register))
            {
                isEntry ??= JumpForms.FindEntries(code);
                bool isEntered = isEntry.AsSpan(store + 1, pc - store).Contains(true);
                return !isEntered && !IsHandled(code, store, pc);
            }
        }

        return false;
    }

    /// <summary>Whether an error of one of the instructions after the store is caught in this proc.</summary>
    private static bool IsHandled(ProcCode code, int store, int last)
    {
        foreach (HandlerInfo handler in code.Handlers)
        {
            if (handler.Start <= last && store < handler.End)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The registers that closures of the code capture, or that a handler stores and loads.</summary>
    private static HashSet<int> FindOwned(ProcCode code)
    {
        HashSet<int> owned = [];
        foreach (Prototype child in code.Children)
        {
            foreach (CaptureInfo capture in child.Captures)
            {
                if (capture.FromRegister)
                {
                    owned.Add(capture.Index);
                }
            }
        }

        foreach (HandlerInfo handler in code.Handlers)
        {
            for (int register = handler.Register; register < handler.Register + handler.Registers; register++)
            {
                owned.Add(register);
            }
        }

        return owned;
    }
}
