using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Liveness of a few registers, one bit each. The highest bit is set while control may still reach a back-edge of the outermost enclosing
/// loop. The analysis is a backward data-flow analysis to a fixed point.
/// </summary>
/// <remarks>
/// Edges into exception handlers are ignored. They add nothing for registers that are dead in all handlers, and <see cref="IsLive"/> may be
/// called only for those; <see cref="ReachesHandlers"/> finds the others.
/// </remarks>
internal sealed class TemporaryLiveness
{
    /// <summary>The largest number of registers of one analysis.</summary>
    public const int MaxRegisters = 63;

    /// <summary>The steps of work for one instruction.</summary>
    private const int StepsOfVisit = 4;

    private const ulong BackEdgeBit = 1UL << MaxRegisters;

    private readonly ProcCode _code;
    private readonly LoopRegions _regions;

    /// <summary>The bit of each register; 0 for those that are not analyzed.</summary>
    private readonly ulong[] _bits;

    /// <summary>The bits of each register and all above it.</summary>
    private readonly ulong[] _bitsFrom;
    private readonly ulong[] _live;
    private readonly ulong[] _reads;
    private readonly ulong[] _overwrites;
    private ulong _handled;

    private TemporaryLiveness(ProcCode code, LoopRegions regions, List<int> registers)
    {
        _code = code;
        _regions = regions;
        _bits = new ulong[code.RegisterCount];
        _bitsFrom = new ulong[code.RegisterCount + 1];
        for (int i = 0; i < registers.Count; i++)
        {
            _bits[registers[i]] = 1UL << i;
        }

        for (int register = _bits.Length - 1; register >= 0; register--)
        {
            _bitsFrom[register] = _bitsFrom[register + 1] | _bits[register];
        }

        _live = new ulong[code.Code.Count + 1];
        _reads = new ulong[code.Code.Count];
        _overwrites = new ulong[code.Code.Count];
    }

    public static TemporaryLiveness Compute(ProcCode code, LoopRegions regions, List<int> registers)
    {
        TemporaryLiveness result = new(code, regions, registers);
        result.Summarize();
        while (result.Sweep())
        {
        }

        result.FindHandled();
        return result;
    }

    /// <summary>True if a register may be read, at or after an instruction, before it is written.</summary>
    public bool IsLive(int pc, int register) => (_live[pc] & _bits[register]) != 0;

    /// <summary>True if a handler of the proc may read the register, or a closure captures it.</summary>
    public bool ReachesHandlers(int register) => (_handled & _bits[register]) != 0;

    /// <summary>True if the register is one of those that are analyzed.</summary>
    public bool Covers(int register) => _bits[register] != 0;

    /// <summary>True if the instruction may run again before its outermost loop ends.</summary>
    public bool Repeats(int pc) => (_live[pc] & BackEdgeBit) != 0;

    private void Summarize()
    {
        RegisterSpan[] reads = new RegisterSpan[RegisterUse.MaxSpans];
        for (int pc = 0; pc < _reads.Length; pc++)
        {
            _code.Meter?.Step(StepsOfVisit);
            Instruction i = _code.Code[pc];
            int count = RegisterUse.Reads(i, reads);
            for (int n = 0; n < count; n++)
            {
                _reads[pc] |= BitsIn(reads[n]);
            }

            int clobbered = RegisterUse.ClobbersFrom(i);
            _overwrites[pc] = BitsIn(RegisterUse.Writes(i)) | (clobbered < 0 ? 0 : _bitsFrom[clobbered]);
            int target = _code.Targets[pc];
            if (target != ProcCode.NoTarget && target <= pc)
            {
                _reads[pc] |= BackEdgeBit;
            }
        }
    }

    private bool Sweep()
    {
        bool isChanged = false;
        for (int pc = _reads.Length - 1; pc >= 0; pc--)
        {
            _code.Meter?.Step(StepsOfVisit);
            ulong row = (After(pc) & ~_overwrites[pc]) | _reads[pc];
            if (_regions.HeaderOf(pc) == LoopRegions.None)
            {
                row &= ~BackEdgeBit;
            }

            isChanged |= row != _live[pc];
            _live[pc] = row;
        }

        return isChanged;
    }

    private ulong After(int pc)
    {
        Instruction i = _code.Code[pc];
        ulong variables = LoopVariables(i);
        bool jumpsToElement = RegisterUse.JumpsToElement(i.Op);
        ulong row = OpcodeInfo.Of(i.Op).Ends ? 0 : _live[pc + 1] & ~(jumpsToElement ? 0 : variables);
        if (_code.Targets[pc] != ProcCode.NoTarget)
        {
            row |= _live[_code.Targets[pc]] & ~(jumpsToElement ? variables : 0);
        }

        if (i.Op != Opcode.Switch)
        {
            return row;
        }

        SwitchTable table = _code.Switches[i.Wide];
        row |= _live[table.DefaultPc];
        foreach ((_, int target) in table.Cases)
        {
            row |= _live[target];
        }

        return row;
    }

    private ulong LoopVariables(in Instruction i) => BitsIn(RegisterUse.LoopVariables(i));

    /// <summary>The bits of the registers in a span.</summary>
    private ulong BitsIn(RegisterSpan span)
    {
        ulong result = 0;
        for (int register = span.First; register < span.End; register++)
        {
            result |= _bits[register];
        }

        return result;
    }

    private void FindHandled()
    {
        foreach (HandlerInfo handler in _code.Handlers)
        {
            if (handler.IsEntered)
            {
                _handled |= _live[handler.HandlerPc];
            }

            _handled |= BitsIn(new RegisterSpan(handler.Register, handler.Registers));
        }

        foreach (Prototype child in _code.Children)
        {
            foreach (CaptureInfo capture in child.Captures)
            {
                _handled |= capture.FromRegister ? _bits[capture.Index] : 0;
            }
        }
    }
}
