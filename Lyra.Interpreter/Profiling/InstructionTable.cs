using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Profiling;

namespace Lyra.Interpreter.Profiling;

/// <summary>The instructions of a profile and their sums.</summary>
internal sealed class InstructionTable
{
    private readonly Dictionary<(string File, int Line, string Proc, int Index, string Text), Row> _rows = [];
    private readonly long[] _opcodes = new long[OpcodeInfo.Count];
    private long _bytes;
    private long _allocations;
    private long _fieldStores;

    /// <summary>The number of executions.</summary>
    public long Executed { get; private set; }

    /// <summary>The number of executions in compiled code.</summary>
    public long Compiled { get; private set; }

    public void Add(CountedProc proc)
    {
        for (int pc = 0; pc < proc.Executions.Length; pc++)
        {
            if (proc.Executions[pc] > 0)
            {
                Add(proc, pc);
            }
        }
    }

    public List<ProfiledInstruction> Rows()
    {
        List<ProfiledInstruction> rows = [];
        foreach (Row row in _rows.Values)
        {
            rows.Add(row.Instruction with { Times = Ticks.Times(row.Times) });
        }

        return rows;
    }

    /// <summary>The operations, the most frequent ones first.</summary>
    public List<ProfiledOpcode> Opcodes()
    {
        List<ProfiledOpcode> rows = [];
        for (int op = 0; op < _opcodes.Length; op++)
        {
            if (_opcodes[op] > 0)
            {
                rows.Add(new ProfiledOpcode(((Opcode)op).ToString(), _opcodes[op], (double)_opcodes[op] / Executed));
            }
        }

        rows.Sort(static (x, y) => y.Count.CompareTo(x.Count));
        return rows;
    }

    public MemoryOperations Memory() =>
        new(CountOf(OpTraits.ReadsHeap), CountOf(OpTraits.WritesHeap) + _fieldStores, _allocations, _bytes);

    private void Add(CountedProc proc, int pc)
    {
        Instruction instruction = proc.Original.Code[pc];
        OpcodeInfo opcode = OpcodeInfo.Of(instruction.Op);
        long count = proc.Executions[pc];
        long compiled = proc.CompiledExecutions[pc];
        _opcodes[(int)instruction.Op] += count;
        _bytes += proc.Bytes[pc];
        _allocations += proc.Allocations[pc];
        _fieldStores += count * FieldStores(proc.Original, pc);
        Executed += count;
        Compiled += compiled;
        string text = $"{opcode.Mnemonic} {InstructionText.Operands(instruction, pc)}".TrimEnd();
        (int line, int column) = proc.IsOfLibrary ? (0, 0) : proc.Original.PositionAt(pc);
        (string, int, string, int, string) key = (proc.File, line, proc.Name, pc, text);
        if (!_rows.TryGetValue(key, out Row? row))
        {
            row = new Row(new ProfiledInstruction(proc.Name, proc.File, line, column, pc, text, opcode.Mnemonic, 0, 0));
            _rows.Add(key, row);
        }

        row.Instruction = row.Instruction with
        {
            Count = row.Instruction.Count + count,
            CompiledCount = row.Instruction.CompiledCount + compiled,
            Bytes = row.Instruction.Bytes + proc.Bytes[pc],
            Allocations = row.Instruction.Allocations + proc.Allocations[pc],
        };
        if (proc.Times(pc) is { } times)
        {
            row.Times.Add(times);
        }
    }

    /// <summary>The fields that an instruction stores into the instance that it makes.</summary>
    private static int FieldStores(Prototype code, int pc) => code.Code[pc] switch
    {
        { Op: Opcode.MakeStruct } made => made.C,
        { Op: Opcode.NewStruct } made when !HasUnsetField(code, pc) => made.C,
        _ => 0,
    };

    /// <summary>Whether an argument of a new instance is not given, so that the constructor makes it.</summary>
    private static bool HasUnsetField(Prototype code, int pc)
    {
        Instruction made = code.Code[pc];
        for (int before = pc - 1; before >= 0 && !OpcodeInfo.Of(code.Code[before].Op).Jumps; before--)
        {
            if (code.Code[before] is { Op: Opcode.LoadUnset, A: var register } && register > made.A && register <= made.A + made.C)
            {
                return true;
            }
        }

        return false;
    }

    private long CountOf(OpTraits trait)
    {
        long sum = 0;
        for (int op = 0; op < _opcodes.Length; op++)
        {
            sum += OpcodeInfo.Of((Opcode)op).Has(trait) ? _opcodes[op] : 0;
        }

        return sum;
    }

    private sealed class Row(ProfiledInstruction instruction)
    {
        public ProfiledInstruction Instruction { get; set; } = instruction;

        public TimeHistogram Times { get; } = new();
    }
}
