using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Removes unreachable code:
/// <code>
///     Return r1                        Return r1
///     ReturnNil                →
/// </code>
/// </summary>
/// <remarks>
/// The code of a handler is reachable when an instruction in its range is. Tables and loops without code remain, empty, so that indexes
/// stay valid.
/// </remarks>
internal static class BytecodeDeadCode
{
    public static void Run(ProcCode code)
    {
        Span<bool> isReached = code.TakeMarks();
        FindReached(code, isReached);
        bool isAllReached = true;
        for (int pc = 0; pc < code.Code.Count; pc++)
        {
            if (isReached[pc])
            {
                continue;
            }

            code.Remove(pc);
            isAllReached = false;
        }

        if (isAllReached)
        {
            return;
        }

        DetachDeadLoops(code, isReached);
        DetachDeadSwitches(code, isReached.LastIndexOf(true));
        code.Compact();
    }

    private static void FindReached(ProcCode code, Span<bool> isReached)
    {
        Stack<int> pending = code.Pending;
        pending.Push(0);
        bool[] handlerDone = code.Handlers.Count == 0 ? [] : new bool[code.Handlers.Count];
        while (pending.Count > 0)
        {
            while (pending.TryPop(out int start))
            {
                Walk(code, start, isReached, pending);
            }

            ReachHandlers(code, isReached, handlerDone, pending);
        }
    }

    private static void Walk(ProcCode code, int start, Span<bool> isReached, Stack<int> pending)
    {
        for (int pc = start; pc < isReached.Length && !isReached[pc]; pc++)
        {
            isReached[pc] = true;
            Instruction instruction = code.Code[pc];
            if (code.Targets[pc] != ProcCode.NoTarget)
            {
                pending.Push(code.Targets[pc]);
            }

            if (instruction.Op == Opcode.Switch)
            {
                PushCases(code.Switches[instruction.Wide], pending);
            }

            if (OpcodeInfo.Of(instruction.Op).Ends)
            {
                return;
            }
        }
    }

    private static void PushCases(SwitchTable table, Stack<int> pending)
    {
        pending.Push(table.DefaultPc);
        foreach ((_, int pc) in table.Cases)
        {
            pending.Push(pc);
        }
    }

    private static void ReachHandlers(ProcCode code, ReadOnlySpan<bool> isReached, bool[] handlerDone, Stack<int> pending)
    {
        for (int i = 0; i < code.Handlers.Count; i++)
        {
            HandlerInfo handler = code.Handlers[i];
            if (handlerDone[i] || !handler.IsEntered)
            {
                continue;
            }

            for (int pc = handler.Start; pc < handler.End && !handlerDone[i]; pc++)
            {
                handlerDone[i] = isReached[pc];
            }

            if (handlerDone[i])
            {
                pending.Push(handler.HandlerPc);
            }
        }
    }

    private static void DetachDeadLoops(ProcCode code, ReadOnlySpan<bool> isReached)
    {
        for (int i = 0; i < code.Loops.Count; i++)
        {
            if (!isReached[code.Loops[i].BodyPc])
            {
                code.Loops[i] = code.Loops[i] with { BodyPc = 0 };
            }
        }
    }

    /// <summary>Empties the tables that no instruction uses.</summary>
    /// <param name="code">The code.</param>
    /// <param name="last">An instruction that stays and is behind the prologue, to which a table must not lead.</param>
    private static void DetachDeadSwitches(ProcCode code, int last)
    {
        if (code.Switches.Count == 0)
        {
            return;
        }

        HashSet<int> used = [];
        foreach (Instruction instruction in code.Code)
        {
            if (instruction.Op == Opcode.Switch)
            {
                used.Add(instruction.Wide);
            }
        }

        for (int i = 0; i < code.Switches.Count; i++)
        {
            if (!used.Contains(i))
            {
                code.Switches[i] = new SwitchTable([], last);
            }
        }
    }
}
