using System.Collections.Generic;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Recording;

/// <summary>
/// The prototypes that a recording observes. Each runs a copy of its code in which every opcode is <see cref="Opcode.Trap"/>. A copy keeps
/// the operands, because the interpreter's loop reads those of a call again after the call. It is changed in place, because an outer run of
/// the loop may hold a reference to it.
/// </summary>
internal sealed class TrapSet
{
    private readonly GrowableArray<(LinkedPrototype Linked, Instruction[] Copy)> _codes = new();
    private Instruction[]? _opened;
    private int _openedPc;
    private Opcode _openedOp;

    /// <summary>Whether a prototype is observed.</summary>
    public bool Contains(LinkedPrototype linked) => CopyOf(linked) is not null;

    /// <summary>Traps all instructions of one more prototype.</summary>
    public void Add(LinkedPrototype linked)
    {
        if (Contains(linked))
        {
            return;
        }

        Instruction[] copy = (Instruction[])linked.Prototype.Code.Clone();
        _codes.Add((linked, copy));
        Trap(copy, 0, copy.Length);
        linked.Code = copy;
    }

    /// <summary>Makes one trapped instruction executable until the next call of <see cref="Close"/>.</summary>
    public void Open(LinkedPrototype linked, int pc)
    {
        Close();
        _opened = CopyOf(linked)!;
        _openedPc = pc;
        _openedOp = _opened[pc].Op;
        _opened[pc].Op = linked.Prototype.Code[pc].Op;
    }

    /// <summary>Traps the opened instruction again, if it was trapped.</summary>
    public void Close()
    {
        if (_opened is not null)
        {
            _opened[_openedPc].Op = _openedOp;
            _opened = null;
        }
    }

    /// <summary>Traps all instructions.</summary>
    public void TrapAll()
    {
        _opened = null;
        foreach ((_, Instruction[] copy) in _codes)
        {
            Trap(copy, 0, copy.Length);
        }
    }

    /// <summary>Traps no instruction.</summary>
    public void ReleaseAll()
    {
        _opened = null;
        foreach ((LinkedPrototype linked, Instruction[] copy) in _codes)
        {
            linked.Prototype.Code.CopyTo(copy, 0);
        }
    }

    /// <summary>Traps only the instructions of a prototype that are outside a loop.</summary>
    public void ReleaseLoop(LinkedPrototype linked, LoopRange loop)
    {
        ReleaseAll();
        Instruction[] copy = CopyOf(linked)!;
        Trap(copy, 0, loop.Head);
        Trap(copy, loop.End + 1, copy.Length);
    }

    /// <summary>Traps only an instruction and those that may follow it.</summary>
    public void ReleaseAllBut(LinkedPrototype linked, int pc)
    {
        ReleaseAll();
        Instruction[] copy = CopyOf(linked)!;
        Instruction i = linked.Prototype.Code[pc];
        int target = OpcodeInfo.Of(i.Op).JumpTarget(i, pc);
        copy[pc].Op = Opcode.Trap;
        if (pc + 1 < copy.Length)
        {
            copy[pc + 1].Op = Opcode.Trap;
        }

        if (target >= 0)
        {
            copy[target].Op = Opcode.Trap;
        }
    }

    /// <summary>Ends the recording: every prototype runs its own code again, and the copies contain it too.</summary>
    public void Restore()
    {
        ReleaseAll();
        foreach ((LinkedPrototype linked, _) in _codes)
        {
            linked.Code = linked.Prototype.Code;
        }

        _codes.Clear();
    }

    private Instruction[]? CopyOf(LinkedPrototype linked)
    {
        foreach ((LinkedPrototype known, Instruction[] copy) in _codes)
        {
            if (ReferenceEquals(known, linked))
            {
                return copy;
            }
        }

        return null;
    }

    private static void Trap(Instruction[] copy, int from, int to)
    {
        for (int pc = from; pc < to; pc++)
        {
            copy[pc].Op = Opcode.Trap;
        }
    }
}
