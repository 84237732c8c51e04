using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Emission;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Liveness of a few registers, one bit each, and in the highest bit whether control may still come to a back-edge of the outermost loop around.
/// Backward data flow until nothing changes.
/// </summary>
/// <remarks>
/// Ways into exception handlers are left out: they add nothing for registers that no handler finds live, and only of those may
/// <see cref="IsLive"/> be asked; <see cref="ReachesHandlers"/> tells the others.
/// </remarks>
internal sealed class TemporaryLiveness
{
    /// <summary>Most registers that one analysis follows.</summary>
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

    /// <summary>Whether the register may be read from the instruction on before it is written.</summary>
    public bool IsLive(int pc, int register) => (_live[pc] & Bit(register)) != 0;

    /// <summary>Whether a handler of the proc may read the register, or captures of its closures do.</summary>
    public bool ReachesHandlers(int register) => (_handled & Bit(register)) != 0;

    /// <summary>Whether the instruction may be repeated by a loop before the outermost one around it is left.</summary>
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
                if (RegisterFacts.ReadsPlainly(i, register) || RegisterFacts.ReadsOtherwise(i, register)) _reads[pc] |= 1UL << bit;
                if (RegisterFacts.Overwrites(i, register)) _overwrites[pc] |= 1UL << bit;
            }

            int target = _code.Targets[pc];
            if (target != ProcCode.NoTarget && target <= pc) _reads[pc] |= BackEdgeBit;
        }
    }

    private bool Sweep()
    {
        bool isChanged = false;
        for (int pc = _reads.Length - 1; pc >= 0; pc--)
        {
            ulong row = (After(pc) & ~_overwrites[pc]) | _reads[pc];
            if (_regions.HeaderOf(pc) == LoopRegions.None) row &= ~BackEdgeBit;
            isChanged |= row != _live[pc];
            _live[pc] = row;
        }

        return isChanged;
    }

    private ulong After(int pc)
    {
        Instruction i = _code.Code[pc];
        ulong variables = LoopVariables(i);
        bool jumpsToElement = i.Op is Opcode.ForLoop or Opcode.ForEach or Opcode.ForEachPair;
        ulong row = JumpFacts.Ends(i.Op) ? 0 : _live[pc + 1] & ~(jumpsToElement ? 0 : variables);
        if (_code.Targets[pc] != ProcCode.NoTarget) row |= _live[_code.Targets[pc]] & ~(jumpsToElement ? variables : 0);
        if (i.Op != Opcode.Switch) return row;

        SwitchTable table = _code.Switches[i.Wide];
        row |= _live[table.DefaultPc];
        foreach ((_, int target) in table.Cases) row |= _live[target];
        return row;
    }

    private ulong LoopVariables(in Instruction i)
    {
        if (i.Op is not (Opcode.ForPrep or Opcode.ForPrepInclusive or Opcode.ForLoop or Opcode.ForEach or Opcode.ForEachPair)) return 0;

        ulong result = 0;
        for (int bit = 0; bit < _registers.Count; bit++)
        {
            if (RegisterFacts.IsLoopVariable(i, _registers[bit])) result |= 1UL << bit;
        }

        return result;
    }

    private void FindHandled()
    {
        foreach (HandlerInfo handler in _code.Handlers)
        {
            if (handler.IsEntered) _handled |= _live[handler.HandlerPc];
            for (int bit = 0; bit < _registers.Count; bit++)
            {
                int offset = _registers[bit] - handler.Register;
                if (offset >= 0 && offset < handler.Registers) _handled |= 1UL << bit;
            }
        }

        foreach (Prototype child in _code.Children)
        {
            foreach (CaptureInfo capture in child.Captures)
            {
                int bit = capture.FromRegister ? _registers.IndexOf(capture.Index) : -1;
                if (bit >= 0) _handled |= 1UL << bit;
            }
        }
    }
}
