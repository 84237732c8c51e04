using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Runtime.Values;
using Lyra.Runtime.Verification;

namespace Lyra.Runtime.Bytecode;

/// <summary>
/// The live registers before each instruction of a prototype: those that may be read before they are written. A snapshot must keep them
/// and a suspended frame must store them. Computed by backward data flow to a fixed point; errors flow into handlers as in
/// <see cref="RegisterFlow"/>. Made on demand and kept by the caller; immutable.
/// </summary>
/// <remarks>
/// The result is conservative: a register that is read is never dead, but a register that is not read may be live. In code of exceptional
/// size, all registers are live.
/// </remarks>
internal sealed class LivenessMap
{
    /// <summary>With more words of liveness than this (64 MB), every register counts as live.</summary>
    private const long MaxWords = 1L << 23;

    private readonly Prototype _prototype;
    private readonly HandlerTree? _handlers;
    private readonly int _words;
    private readonly ulong[] _rows;
    private readonly ulong[] _row;
    private readonly RegisterSpan[] _reads = new RegisterSpan[RegisterUse.MaxSpans];
    private readonly ulong[] _edge;
    private readonly bool _isExact;

    private LivenessMap(Prototype prototype)
    {
        _prototype = prototype;
        _words = (prototype.RegisterCount + 63) / 64;
        _row = new ulong[_words];
        _edge = new ulong[_words];
        _handlers = HandlerTree.TryBuild(prototype, out _);
        _isExact = _handlers is not null && (long)_words * prototype.Code.Length <= MaxWords;
        _rows = new ulong[_isExact ? _words * prototype.Code.Length : _words];
        if (!_isExact)
        {
            Array.Fill(_rows, ulong.MaxValue);
        }
    }

    /// <summary>Computes the liveness of a verified prototype.</summary>
    public static LivenessMap Compute(Prototype prototype)
    {
        LivenessMap map = new(prototype);
        while (map._isExact && map.Sweep())
        {
        }

        return map;
    }

    /// <summary>Whether the register may be read at or after the instruction before it is written.</summary>
    public bool IsLive(int pc, int register) => (LiveBefore(pc)[register >> 6] >> (register & 63) & 1) != 0;

    /// <summary>The registers live before an instruction, one bit each, register 0 lowest in the first word.</summary>
    public ReadOnlySpan<ulong> LiveBefore(int pc) => _rows.AsSpan(_isExact ? pc * _words : 0, _words);

    private static void Set(Span<ulong> row, RegisterSpan span, bool isLive)
    {
        for (int register = span.First; register < span.End; register++)
        {
            ulong bit = 1UL << (register & 63);
            row[register >> 6] = isLive ? row[register >> 6] | bit : row[register >> 6] & ~bit;
        }
    }

    private static void Union(Span<ulong> row, ReadOnlySpan<ulong> other)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] |= other[i];
        }
    }

    /// <summary>Walks the code once from its end; returns whether anything changed.</summary>
    private bool Sweep()
    {
        bool isChanged = false;
        for (int pc = _prototype.Code.Length - 1; pc >= 0; pc--)
        {
            ComputeRow(pc, _prototype.Code[pc]);
            Span<ulong> known = _rows.AsSpan(pc * _words, _words);
            if (!known.SequenceEqual(_row))
            {
                isChanged = true;
                _row.CopyTo(known);
            }
        }

        return isChanged;
    }

    private void ComputeRow(int pc, in Instruction i)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        Array.Clear(_row);
        RegisterSpan variables = RegisterUse.LoopVariables(i);
        bool jumpsToElement = RegisterUse.JumpsToElement(i.Op);
        if (!row.Ends)
        {
            AddEdge(pc + 1, jumpsToElement ? default : variables);
        }

        int target = row.JumpTarget(i, pc);
        if (target >= 0)
        {
            AddEdge(target, jumpsToElement ? variables : default);
        }

        AddSwitch(i, row);
        Set(_row, RegisterUse.Writes(i), false);
        int clobbered = RegisterUse.ClobbersFrom(i);
        if (clobbered >= 0)
        {
            Set(_row, new RegisterSpan(clobbered, _prototype.RegisterCount - clobbered), false);
        }

        AddErrors(pc, i, row, target);
        AddReads(i);
    }

    /// <summary>Adds the registers that are live at a successor, except those that the edge to it writes.</summary>
    private void AddEdge(int target, RegisterSpan written)
    {
        LiveBefore(target).CopyTo(_edge);
        Set(_edge, written, false);
        Union(_row, _edge);
    }

    private void AddSwitch(in Instruction i, OpcodeInfo row)
    {
        if (row.B != OperandKind.SwitchTable)
        {
            return;
        }

        SwitchTable table = _prototype.SwitchTables[i.Wide];
        Union(_row, LiveBefore(table.DefaultPc));
        foreach (KeyValuePair<Value, int> entry in table.Cases)
        {
            Union(_row, LiveBefore(entry.Value));
        }
    }

    private void AddErrors(int pc, in Instruction i, OpcodeInfo row, int target)
    {
        if (_prototype.Handlers.Length == 0 || !row.MayRaise)
        {
            return;
        }

        AddHandlers(pc, withPassing: true);
        if (row.IsBackEdge && target > 0)
        {
            AddHandlers(target - 1, withPassing: false);
        }

        if (row.Has(OpTraits.Waits))
        {
            AddHandlers(pc - 1, withPassing: false);
        }
    }

    /// <summary>
    /// Adds the registers that the handlers around an instruction read, from the innermost to the first that handles every error.
    /// </summary>
    /// <param name="pc">The instruction to which the error is attributed.</param>
    /// <param name="withPassing">Whether to include handlers that inspect an error without handling it.</param>
    private void AddHandlers(int pc, bool withPassing)
    {
        for (int handler = _handlers!.InnermostAt(pc); handler != HandlerTree.None; handler = _handlers.Parent(handler))
        {
            HandlerInfo info = _prototype.Handlers[handler];
            switch (info.Kind)
            {
                case HandlerKind.Catch:
                    AddEdge(info.HandlerPc, new RegisterSpan(info.Register, info.Registers));
                    continue;
                case HandlerKind.Finally:
                    AddEdge(info.HandlerPc, new RegisterSpan(info.Register, info.Registers));
                    return;
                case HandlerKind.CatchBody or HandlerKind.CloseIterator or HandlerKind.FinallyBody:
                    Set(_row, new RegisterSpan(info.Register, withPassing ? info.Registers : 0), true);
                    continue;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private void AddReads(in Instruction i)
    {
        int count = RegisterUse.Reads(i, _reads);
        foreach (RegisterSpan span in _reads.AsSpan(0, count))
        {
            Set(_row, span, true);
        }

        if (i.Op != Opcode.NewClosure)
        {
            return;
        }

        foreach (CaptureInfo capture in _prototype.Children[i.Wide].Captures)
        {
            if (capture.FromRegister)
            {
                Set(_row, new RegisterSpan(capture.Index, 1), true);
            }
        }
    }
}
