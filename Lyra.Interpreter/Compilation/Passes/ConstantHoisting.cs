using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Hoists operands that a loop loads in each iteration, constants and captured values that never change, to registers loaded before the
/// loop:
/// <code>
///                                      LoadConst r1, k0
///     ForPrep r1, L9                   ForPrep r2, L9
/// L4: LoadConst r4, k0             L4:
///     Mul r5, r4, r3           →       Mul r6, r1, r4
///     ForLoop r1, l0, L4               ForLoop r2, l0, L4
/// L9:                              L9:
/// </code>
/// </summary>
/// <remarks>
/// <para>The pass is sound because of three conditions:</para>
/// <list type="number">
/// <item>
/// It redirects only operands that the load reaches in a straight line without an entry, and the register of the load is dead at the end
/// of that line (<see cref="TemporaryLiveness"/>).
/// </item>
/// <item>
/// The hoisted load is before the outermost loop, which is entered only through its header (<see cref="LoopRegions"/>), so that it has
/// run. Loads raise nothing and have no effects.
/// </item>
/// <item>The new register is below every call window, and nothing else writes it (<see cref="RegisterShift"/>).</item>
/// </list>
/// <para>
/// It pays because the body of a loop mostly runs more often than the loop is entered. Code that exits the loop, such as the return of a
/// constant, runs at most once for each entry and stays unchanged. So does code outside of loops.
/// </para>
/// </remarks>
internal static class ConstantHoisting
{
    /// <summary>The largest number of registers for constants in one proc. Constants of the innermost loops come first.</summary>
    private const int MaxConstants = 16;

    private const int MaxRegister = ushort.MaxValue - MaxConstants;

    /// <summary>The largest number of instructions between a load and its last reader.</summary>
    private const int MaxDistance = 64;

    /// <summary>
    /// The instructions that searches for readers may visit, for each instruction of the code. They keep the time of this pass in
    /// proportion to the code: the elements of a long literal would each be searched for to <see cref="MaxDistance"/>.
    /// </summary>
    private const int VisitsPerInstruction = 8;

    /// <summary>The steps of work for a visit.</summary>
    private const int StepsOfVisit = 4;

    /// <summary>A load inside a loop and the instructions that read its value.</summary>
    private readonly record struct Candidate(int Pc, ulong Constant, List<int> Consumers);

    public static void Run(ProcCode code)
    {
        if (code.Loops.Count == 0 || code.RegisterCount > MaxRegister || !MayLoadInLoop(code))
        {
            return;
        }

        LoopRegions regions = LoopRegions.Find(code);
        List<int> registers = FindTargets(code, regions);
        if (registers.Count == 0)
        {
            return;
        }

        TemporaryLiveness liveness = TemporaryLiveness.Compute(code, regions, registers);
        GrowableArray<Candidate> candidates = FindCandidates(code, regions, liveness);
        List<ulong> constants = Choose(candidates, regions);
        if (constants.Count == 0)
        {
            return;
        }

        RegisterShift.Run(code, constants.Count);
        Dictionary<int, GrowableArray<Instruction>> loads = new();
        foreach (Candidate candidate in candidates)
        {
            int index = constants.IndexOf(candidate.Constant);
            if (index >= 0)
            {
                Hoist(code, candidate, code.ParameterCount + index, regions, loads);
            }
        }

        code.Insert(loads);
        code.Compact();
    }

    private static bool IsConstantLoad(Opcode op) => OpcodeInfo.Of(op).Has(OpTraits.Constant);

    /// <summary>Whether a constant is loaded between the start of the first loop and the last back-edge.</summary>
    private static bool MayLoadInLoop(ProcCode code)
    {
        int first = code.Code.Count;
        foreach (LoopInfo loop in code.Loops)
        {
            first = Math.Min(first, loop.BodyPc);
        }

        bool hasLoad = false;
        bool isInLoop = false;
        for (int pc = first; pc < code.Code.Count; pc++)
        {
            hasLoad |= IsConstantLoad(code.Code[pc].Op);
            isInLoop |= hasLoad && code.Targets[pc] != ProcCode.NoTarget && code.Targets[pc] <= pc;
        }

        return isInLoop;
    }

    /// <summary>The registers into which loops load constants.</summary>
    private static List<int> FindTargets(ProcCode code, LoopRegions regions)
    {
        List<int> registers = [];
        for (int pc = 0; pc < code.Code.Count && registers.Count < TemporaryLiveness.MaxRegisters; pc++)
        {
            Instruction load = code.Code[pc];
            bool isInLoop = IsConstantLoad(load.Op) && regions.HeaderOf(pc) != LoopRegions.None;
            if (isInLoop && !registers.Contains(load.A))
            {
                registers.Add(load.A);
            }
        }

        return registers;
    }

    private static GrowableArray<Candidate> FindCandidates(ProcCode code, LoopRegions regions, TemporaryLiveness liveness)
    {
        int visits = MaxDistance + (VisitsPerInstruction * code.Code.Count);
        bool[] isEntry = JumpForms.FindEntries(code);
        GrowableArray<Candidate> candidates = new();
        for (int pc = 0; pc < code.Code.Count; pc++)
        {
            Instruction load = code.Code[pc];
            bool mayHoist = IsConstantLoad(load.Op) && regions.HeaderOf(pc) != LoopRegions.None && liveness.Covers(load.A)
                && liveness.Repeats(pc) && !liveness.ReachesHandlers(load.A);
            if (!mayHoist)
            {
                continue;
            }

            List<int> consumers = [];
            bool isFound = TryFindConsumers(code, pc, isEntry, liveness, consumers, ref visits);
            if (visits < 0)
            {
                break;
            }

            if (!isFound)
            {
                continue;
            }

            candidates.Add(new Candidate(pc, (load with { A = 0 }).Raw, consumers));
        }

        return candidates;
    }

    /// <summary>
    /// Collects the instructions that read the loaded register until it is dead. Returns false if other instructions read it too, and if
    /// no more visits are left.
    /// </summary>
    private static bool TryFindConsumers(
        ProcCode code, int load, bool[] isEntry, TemporaryLiveness liveness, List<int> consumers, ref int visits)
    {
        int register = code.Code[load].A;
        for (int pc = load + 1; pc < code.Code.Count; pc++)
        {
            code.Meter?.Step(StepsOfVisit);
            if (pc - load > MaxDistance || --visits < 0)
            {
                return false;
            }

            if (isEntry[pc])
            {
                return !liveness.IsLive(pc, register) && consumers.Count > 0;
            }

            Instruction i = code.Code[pc];
            if (RegisterUse.ReadsInGroup(i, register) || RegisterUse.LoopVariables(i).Contains(register))
            {
                return false;
            }

            if (i.Op == Opcode.Switch)
            {
                return false;
            }

            if (RegisterUse.ReadsAlone(i, register))
            {
                consumers.Add(pc);
            }

            if (RegisterUse.Overwrites(i, register))
            {
                break;
            }

            if (code.Targets[pc] != ProcCode.NoTarget && liveness.IsLive(code.Targets[pc], register))
            {
                return false;
            }

            if (OpcodeInfo.Of(i.Op).Ends)
            {
                break;
            }
        }

        return consumers.Count > 0;
    }

    /// <summary>Selects the constants that get a register: those in the innermost loops first, then in the order of the code.</summary>
    private static List<ulong> Choose(GrowableArray<Candidate> candidates, LoopRegions regions)
    {
        int deepest = 0;
        foreach (Candidate candidate in candidates)
        {
            deepest = Math.Max(deepest, regions.DepthOf(candidate.Pc));
        }

        List<ulong> chosen = [];
        for (int depth = deepest; depth > 0; depth--)
        {
            foreach (Candidate candidate in candidates)
            {
                if (chosen.Count == MaxConstants)
                {
                    return chosen;
                }

                if (regions.DepthOf(candidate.Pc) == depth && !chosen.Contains(candidate.Constant))
                {
                    chosen.Add(candidate.Constant);
                }
            }
        }

        return chosen;
    }

    private static void Hoist(
        ProcCode code, Candidate candidate, int register, LoopRegions regions, Dictionary<int, GrowableArray<Instruction>> loads)
    {
        int old = code.Code[candidate.Pc].A;
        foreach (int pc in candidate.Consumers)
        {
            code.Code[pc] = Redirect(code.Code[pc], old, register);
        }

        Instruction load = code.Code[candidate.Pc] with { A = (ushort)register };
        code.Remove(candidate.Pc);

        int header = regions.HeaderOf(candidate.Pc);
        if (!loads.TryGetValue(header, out GrowableArray<Instruction>? before))
        {
            loads.Add(header, before = new());
        }

        if (!before.Exists(other => other.Raw == load.Raw))
        {
            before.Add(load);
        }
    }

    private static Instruction Redirect(Instruction i, int from, int to)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        if (row.A == OperandKind.Read && i.A == from)
        {
            i.A = (ushort)to;
        }

        if (row.B == OperandKind.Read && i.B == from)
        {
            i.B = (ushort)to;
        }

        if (row.C == OperandKind.Read && i.C == from)
        {
            i.C = (ushort)to;
        }

        return i;
    }
}
