using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Computes the offsets of jumps. Fused compare-and-jumps and loop back-edges have 16-bit offsets; one whose target is further away jumps
/// to an inserted 32-bit jump:
/// <code>
/// JumpLt a, b → far          JumpLt a, b → 2
///                       1:   Jump → 3
///                       2:   Jump → far
///                       3:
/// </code>
/// </summary>
internal static class CodeEncoder
{
    /// <summary>
    /// A larger distance counts as far. Expansion at most triples the length of the code, so a smaller distance still fits into 16 bits
    /// afterwards.
    /// </summary>
    private const int NearReach = 10_000;

    public static Instruction[] Encode(ProcCode code)
    {
        if (code.Code.Count > NearReach)
        {
            Expand(code);
        }

        Instruction[] result = code.Code.ToArray();
        for (int pc = 0; pc < result.Length; pc++)
        {
            if (code.Targets[pc] == ProcCode.NoTarget)
            {
                continue;
            }

            int offset = code.Targets[pc] - (pc + 1);
            if (OpcodeInfo.Of(result[pc].Op).HasShortOffset)
            {
                result[pc].C = (ushort)checked((short)offset);
            }
            else
            {
                result[pc].Wide = offset;
            }
        }

        return result;
    }

    /// <summary>Whether an instruction jumps so far that it needs an inserted jump, which is executed whether it jumps or not.</summary>
    public static bool IsFar(ProcCode code, int pc) => code.Targets[pc] != ProcCode.NoTarget
        && Math.Abs(code.Targets[pc] - pc) > NearReach && OpcodeInfo.Of(code.Code[pc].Op).HasShortOffset;

    private static void Expand(ProcCode code)
    {
        bool[] isFar = new bool[code.Code.Count];
        int[] moved = new int[code.Code.Count + 1];
        int added = 0;
        for (int pc = 0; pc < isFar.Length; pc++)
        {
            moved[pc] = pc + added;
            isFar[pc] = IsFar(code, pc);
            added += isFar[pc] ? 2 : 0;
        }

        moved[isFar.Length] = isFar.Length + added;
        if (added == 0)
        {
            return;
        }

        Instruction[] old = [.. code.Code];
        int[] positions = [.. code.Positions];
        int[] targets = [.. code.Targets];
        code.Code.Clear();
        code.Positions.Clear();
        code.Targets.Clear();
        Dictionary<int, int> backEdges = [];
        for (int pc = 0; pc < old.Length; pc++)
        {
            int target = targets[pc] == ProcCode.NoTarget ? ProcCode.NoTarget : moved[targets[pc]];
            if (!isFar[pc])
            {
                Append(code, old[pc], positions[pc], target);
                continue;
            }

            int here = code.Code.Count;
            Append(code, old[pc], positions[pc], here + 2);
            Append(code, new Instruction(Opcode.Jump, 0, 0), positions[pc], here + 3);
            Append(code, new Instruction(Opcode.Jump, 0, 0), positions[pc], target);
            if (OpcodeInfo.Of(old[pc].Op).IsBackEdge)
            {
                backEdges[old[pc].B] = here + 2;
            }
        }

        RelocateTables(code, moved, backEdges);
    }

    private static void Append(ProcCode code, Instruction instruction, int position, int target)
    {
        code.Code.Add(instruction);
        code.Positions.Add(position);
        code.Targets.Add(target);
    }

    /// <summary>
    /// Moves the tables to the expanded code. If a loop's back-edge became far, its body now begins at the inserted jump to which the
    /// back-edge leads.
    /// </summary>
    private static void RelocateTables(ProcCode code, int[] moved, Dictionary<int, int> backEdges)
    {
        int[] targets = [.. code.Targets];
        code.Targets.Clear();
        code.Relocate(moved);
        code.Targets.AddRange(targets);
        foreach ((int loop, int bodyPc) in backEdges)
        {
            code.Loops[loop] = code.Loops[loop] with { BodyPc = bodyPc };
        }
    }
}
