using System;
using System.Collections.Generic;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Recording;

/// <summary>
/// The prototypes that a recording observes. Each runs a copy of its code in which every opcode is <see cref="Opcode.Trap"/>. A copy keeps
/// the operands, because the interpreter's loop reads those of a call again after the call. It is changed in place, because an outer run of
/// the loop may hold a reference to it.
/// </summary>
internal sealed class TrapSet
{
    private readonly List<TrappedCode> _codes = [];
    private TrappedCode? _opened;
    private bool _isOpen;
    private int _openedPc;
    private Opcode _openedOp;

    /// <summary>Whether a prototype is observed.</summary>
    public bool Contains(LinkedPrototype linked) => Find(linked) is not null;

    /// <summary>Traps all instructions of one more prototype.</summary>
    public void Add(LinkedPrototype linked)
    {
        if (Contains(linked))
        {
            return;
        }

        TrappedCode code = new(linked);
        _codes.Add(code);
        code.TrapAll();
        linked.Code = code.Copy;
    }

    /// <summary>Makes one trapped instruction executable until the next call of <see cref="Close"/>.</summary>
    public void Open(LinkedPrototype linked, int pc)
    {
        Close();
        if (_opened is null || !ReferenceEquals(_opened.Linked, linked))
        {
            _opened = Find(linked)!;
        }

        _isOpen = true;
        _openedPc = pc;
        ref Opcode op = ref _opened.Copy[pc].Op;
        _openedOp = op;
        op = linked.Prototype.Code[pc].Op;
    }

    /// <summary>Traps the opened instruction again, if it was trapped.</summary>
    public void Close()
    {
        if (_isOpen)
        {
            _opened!.Copy[_openedPc].Op = _openedOp;
            _isOpen = false;
        }
    }

    /// <summary>Traps all instructions.</summary>
    public void TrapAll()
    {
        _isOpen = false;
        foreach (TrappedCode code in _codes)
        {
            code.TrapAll();
        }
    }

    /// <summary>Traps no instruction.</summary>
    public void ReleaseAll()
    {
        _isOpen = false;
        foreach (TrappedCode code in _codes)
        {
            code.ReleaseAll();
        }
    }

    /// <summary>Traps only the instructions of a prototype that are outside a loop.</summary>
    public void ReleaseLoop(LinkedPrototype linked, LoopRange loop)
    {
        ReleaseAll();
        TrappedCode code = Find(linked)!;
        code.Trap(0, loop.Head);
        code.Trap(loop.End + 1, code.Copy.Length);
    }

    /// <summary>Traps only an instruction and those that may follow it.</summary>
    public void ReleaseAllBut(LinkedPrototype linked, int pc)
    {
        ReleaseAll();
        Instruction[] copy = Find(linked)!.Copy;
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
        foreach (TrappedCode code in _codes)
        {
            code.Linked.Code = code.Linked.Prototype.Code;
        }

        _codes.Clear();
        _opened = null;
    }

    private TrappedCode? Find(LinkedPrototype linked)
    {
        foreach (TrappedCode code in _codes)
        {
            if (ReferenceEquals(code.Linked, linked))
            {
                return code;
            }
        }

        return null;
    }

    /// <summary>An observed prototype.</summary>
    private sealed class TrappedCode
    {
        private readonly Instruction[] _traps;

        public TrappedCode(LinkedPrototype linked)
        {
            Linked = linked;
            Copy = (Instruction[])linked.Prototype.Code.Clone();
            _traps = (Instruction[])Copy.Clone();
            foreach (ref Instruction i in _traps.AsSpan())
            {
                i.Op = Opcode.Trap;
            }
        }

        public LinkedPrototype Linked { get; }

        /// <summary>The code that it runs.</summary>
        public Instruction[] Copy { get; }

        public void TrapAll() => _traps.CopyTo(Copy, 0);

        public void Trap(int from, int to) => Array.Copy(_traps, from, Copy, from, Math.Max(0, to - from));

        public void ReleaseAll() => Linked.Prototype.Code.CopyTo(Copy, 0);
    }
}
