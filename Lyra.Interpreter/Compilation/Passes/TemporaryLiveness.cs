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

    private const ulong BackEdgeBit = 1UL << MaxRegisters;

    private readonly ProcCode _code;
    private readonly LoopRegions _regions;
    private readonly List<int> _registers;
    private readonly ulong[] _live;
    private readonly ulong[] _reads;
    private readonly ulong[] _overwrites;
    private ulong _handled;

    private TemporaryLiveness(ProcCode code, LoopRegions regions, List<int> registers)
    {
        _code = code;
        _regions = regions;
        _registers = registers;
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
    public bool IsLive(int pc, int register) => (_live[pc] & Bit(register)) != 0;

    /// <summary>True if a handler of the proc may read the register, or a closure captures it.</summary>
    public bool ReachesHandlers(int register) => (_handled & Bit(register)) != 0;

    /// <summary>True if the instruction may run again before its outermost loop ends.</summary>
    public bool Repeats(int pc) => (_live[pc] & BackEdgeBit) != 0;

    private ulong Bit(int register) => 1UL << _registers.IndexOf(register);

    private void Summarize()
    {
        for (int pc = 0; pc < _reads.Length; pc++)
        {
            Instruction i = _code.Code[pc];
            for (int bit = 0; bit < _registers.Count; bit++)
            {
                int register = _registers[bit];
                if (RegisterUse.ReadsAlone(i, register) || RegisterUse.ReadsInGroup(i, register))
                {
                    _reads[pc] |= 1UL << bit;
                }

                if (RegisterUse.Overwrites(i, register))
                {
                    _overwrites[pc] |= 1UL << bit;
                }
            }

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

    private ulong LoopVariables(in Instruction i)
    {
        RegisterSpan variables = RegisterUse.LoopVariables(i);
        if (variables.Count == 0)
        {
            return 0;
        }

        ulong result = 0;
        for (int bit = 0; bit < _registers.Count; bit++)
        {
            if (variables.Contains(_registers[bit]))
            {
                result |= 1UL << bit;
            }
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

            for (int bit = 0; bit < _registers.Count; bit++)
            {
                int offset = _registers[bit] - handler.Register;
                if (offset >= 0 && offset < handler.Registers)
                {
                    _handled |= 1UL << bit;
                }
            }
        }

        foreach (Prototype child in _code.Children)
        {
            foreach (CaptureInfo capture in child.Captures)
            {
                int bit = capture.FromRegister ? _registers.IndexOf(capture.Index) : -1;
                if (bit >= 0)
                {
                    _handled |= 1UL << bit;
                }
            }
        }
    }
}
