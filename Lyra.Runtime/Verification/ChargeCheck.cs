using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Verification;

/// <summary>
/// Searches for a cycle of instructions that charges nothing to the budget, because such code could not be stopped. LoopHead and Charge
/// always charge; the back-edges of for loops charge when they are taken. The search follows all other edges, including those of errors.
/// </summary>
internal sealed class ChargeCheck(Prototype prototype, HandlerTree handlers)
{
    private enum Mark : byte
    {
        New,
        Open,
        Done,
    }

    /// <summary>One for each instruction, then one for each handler.</summary>
    private readonly Mark[] _marks = new Mark[prototype.Code.Length + prototype.Handlers.Length];
    private readonly List<int> _successors = [];

    /// <summary>An instruction on an uncharged cycle; -1 when there is none.</summary>
    /// <remarks>A cycle can't consist of handlers alone, because the entry of each is after its range.</remarks>
    public int FindUncharged()
    {
        Stack<(int Pc, int First, int Next)> path = new();
        for (int start = 0; start < _marks.Length; start++)
        {
            if (_marks[start] == Mark.New && Walk(path, start) is >= 0 and int found)
            {
                return found;
            }
        }

        return -1;
    }

    /// <summary>
    /// Searches depth-first. One list holds the successors of all open instructions; those of the innermost are at its end.
    /// </summary>
    private int Walk(Stack<(int Pc, int First, int Next)> path, int start)
    {
        Open(path, start);
        while (path.TryPop(out (int Pc, int First, int Next) top))
        {
            if (top.Next == _successors.Count)
            {
                _marks[top.Pc] = Mark.Done;
                _successors.RemoveRange(top.First, _successors.Count - top.First);
                continue;
            }

            int successor = _successors[top.Next];
            path.Push(top with { Next = top.Next + 1 });
            if (_marks[successor] == Mark.Open)
            {
                return Math.Min(successor, prototype.Code.Length - 1);
            }

            if (_marks[successor] == Mark.New)
            {
                Open(path, successor);
            }
        }

        return -1;
    }

    private void Open(Stack<(int Pc, int First, int Next)> path, int pc)
    {
        _marks[pc] = Mark.Open;
        int first = _successors.Count;
        AddSuccessors(pc);
        path.Push((pc, first, first));
    }

    private void AddSuccessors(int node)
    {
        if (node >= prototype.Code.Length)
        {
            int handler = node - prototype.Code.Length;
            _successors.Add(prototype.Handlers[handler].HandlerPc);
            AddHandler(handlers.NextAfter(handler));
            return;
        }

        AddHandler(handlers.NextHandling(handlers.InnermostAt(node)));
        AddSuccessorsInCode(node);
    }

    private void AddHandler(int handler)
    {
        if (handler != HandlerTree.None)
        {
            _successors.Add(prototype.Code.Length + handler);
        }
    }

    private void AddSuccessorsInCode(int pc)
    {
        Instruction i = prototype.Code[pc];
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        if (!row.Ends && i.Op is not (Opcode.LoopHead or Opcode.Charge))
        {
            _successors.Add(pc + 1);
        }

        int target = row.JumpTarget(i, pc);
        if (target >= 0 && !row.IsBackEdge)
        {
            _successors.Add(target);
        }

        if (row.B == OperandKind.SwitchTable)
        {
            SwitchTable table = prototype.SwitchTables[i.Wide];
            _successors.Add(table.DefaultPc);
            foreach (KeyValuePair<Value, int> entry in table.Cases)
            {
                _successors.Add(entry.Value);
            }
        }
    }
}
