using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Profiling;

/// <summary>The procs of a profile, with their loops and branches.</summary>
/// <param name="hasBranches">Whether branches were counted.</param>
internal sealed class ProcTable(bool hasBranches)
{
    private readonly Dictionary<ProcKey, ProfiledProc> _procs = [];
    private readonly Dictionary<(ProcKey Proc, int Pc), ProfiledLoop> _loops = [];
    private readonly Dictionary<(ProcKey Proc, int Pc), ProfiledBranch> _branches = [];

    public void Add(CountedProc proc)
    {
        ProfiledProc known = _procs.GetValueOrDefault(proc.Key) ?? new ProfiledProc(proc.Name, proc.File, proc.Line, 0, 0, 0);
        _procs[proc.Key] = known with
        {
            Calls = known.Calls + proc.Calls,
            Instructions = known.Instructions + Sum(proc.Executions),
            CompiledInstructions = known.CompiledInstructions + Sum(proc.CompiledExecutions),
        };
        for (int pc = 0; pc < proc.Executions.Length; pc++)
        {
            AddLoop(proc, pc);
            if (hasBranches)
            {
                AddBranch(proc, pc);
            }
        }
    }

    public List<ProfiledProc> Rows(CallTimes calls)
    {
        List<ProfiledProc> rows = [];
        foreach ((ProcKey key, ProfiledProc row) in _procs)
        {
            rows.Add(row with { InclusiveTime = calls.InclusiveTime(key), ExclusiveTime = calls.ExclusiveTime(key) });
        }

        rows.Sort(static (x, y) => (y.ExclusiveTime, y.Instructions).CompareTo((x.ExclusiveTime, x.Instructions)));
        return rows;
    }

    public List<ProfiledLoop> Loops() => Sorted(_loops.Values, static (x, y) => y.Iterations.CompareTo(x.Iterations));

    public List<ProfiledBranch> Branches() => Sorted(_branches.Values, static (x, y) => y.Count.CompareTo(x.Count));

    /// <summary>Adds the loop that an instruction charges: its head, or its back-edge.</summary>
    private void AddLoop(CountedProc proc, int pc)
    {
        Instruction instruction = proc.Original.Code[pc];
        int loop = OpcodeInfo.Of(instruction.Op).LoopOf(instruction);
        if (loop < 0)
        {
            return;
        }

        int start = instruction.Op == Opcode.LoopHead ? pc : StartOf(proc.Original, proc.Original.Loops[loop].BodyPc, pc);
        if (proc.Executions[start] == 0)
        {
            return;
        }

        int line = proc.IsOfLibrary ? 0 : proc.Original.PositionAt(pc).Line;
        ProfiledLoop known = _loops.GetValueOrDefault((proc.Key, pc)) ?? new ProfiledLoop(proc.Name, proc.File, line, 0, 0);
        _loops[(proc.Key, pc)] = known with
        {
            Iterations = known.Iterations + proc.Executions[start],
            CompiledIterations = known.CompiledIterations + proc.CompiledExecutions[start],
        };
    }

    /// <summary>The first instruction of a body: behind the inserted jump to it, if the back-edge is too long for its operand.</summary>
    private static int StartOf(Prototype code, int body, int backEdge) =>
        body == backEdge + 2 ? OpcodeInfo.Of(Opcode.Jump).JumpTarget(code.Code[body], body) : body;

    private void AddBranch(CountedProc proc, int pc)
    {
        OpcodeInfo opcode = OpcodeInfo.Of(proc.Original.Code[pc].Op);
        if (!opcode.Jumps || opcode.Ends || opcode.IsBackEdge || proc.Executions[pc] == 0)
        {
            return;
        }

        (int line, int column) = proc.IsOfLibrary ? (0, 0) : proc.Original.PositionAt(pc);
        ProfiledBranch known = _branches.GetValueOrDefault((proc.Key, pc))
            ?? new ProfiledBranch(proc.Name, proc.File, line, column, opcode.Mnemonic, 0, 0);
        _branches[(proc.Key, pc)] = known with
        {
            Count = known.Count + proc.Executions[pc],
            Taken = known.Taken + proc.Taken(pc),
        };
    }

    private static long Sum(long[] counts)
    {
        long sum = 0;
        foreach (long count in counts)
        {
            sum += count;
        }

        return sum;
    }

    private static List<T> Sorted<T>(IEnumerable<T> items, Comparison<T> order)
    {
        List<T> sorted = [.. items];
        sorted.Sort(order);
        return sorted;
    }
}
