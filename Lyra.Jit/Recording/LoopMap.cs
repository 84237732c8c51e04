using System;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Recording;

/// <summary>A loop as it is emitted: consecutive code with the back-edge at its end.</summary>
/// <param name="Head">Its first instruction.</param>
/// <param name="Body">Where it is recorded and compiled from: the instruction behind the charge of a back-edge.</param>
/// <param name="End">Its last instruction that jumps back; -1 for a loop whose code was found to be dead.</param>
internal readonly record struct LoopRange(int Head, int Body, int End)
{
    public bool Contains(int pc) => pc >= Head && pc <= End;

    /// <summary>Whether another loop stands in this one.</summary>
    public bool Encloses(LoopRange other) => other.End >= 0 && Head <= other.Head && other.End <= End && this != other;
}

/// <summary>Where the loops of a prototype are, and which stands in which.</summary>
internal sealed class LoopMap
{
    public const int None = -1;

    private readonly LoopRange[] _ranges;
    private readonly int[] _parents;

    public LoopMap(Prototype prototype)
    {
        _ranges = new LoopRange[prototype.Loops.Length];
        for (int loop = 0; loop < _ranges.Length; loop++)
        {
            _ranges[loop] = new LoopRange(0, prototype.Loops[loop].BodyPc, -1);
        }

        for (int pc = 0; pc < prototype.Code.Length; pc++)
        {
            Find(prototype, pc);
        }

        _parents = new int[_ranges.Length];
        for (int loop = 0; loop < _ranges.Length; loop++)
        {
            _parents[loop] = FindParent(loop);
        }
    }

    public int Count => _ranges.Length;

    public LoopRange this[int loop] => _ranges[loop];

    /// <summary>The innermost loop around a loop; <see cref="None"/> for one that stands in no other.</summary>
    public int ParentOf(int loop) => _parents[loop];

    /// <summary>The loop whose body begins at an instruction; <see cref="None"/> when none does.</summary>
    public int AtBody(int pc)
    {
        for (int loop = 0; loop < _ranges.Length; loop++)
        {
            if (_ranges[loop].Body == pc && _ranges[loop].End >= 0)
            {
                return loop;
            }
        }

        return None;
    }

    /// <summary>The loop that an instruction charges when it is passed (a head) or jumps back (a back-edge); <see cref="None"/> for every other.</summary>
    public static int ChargedBy(in Instruction instruction) => instruction.Op switch
    {
        Opcode.LoopHead => instruction.A,
        Opcode.ForLoop or Opcode.ForEach or Opcode.ForEachPair => instruction.B,
        _ => None,
    };

    private void Find(Prototype prototype, int pc)
    {
        Instruction i = prototype.Code[pc];
        int loop = ChargedBy(i);
        if (loop == None)
        {
            return;
        }

        if (i.Op == Opcode.LoopHead)
        {
            _ranges[loop] = new LoopRange(pc, pc + 1, LastJumpTo(prototype, pc));
            return;
        }

        // A back-edge that is too long for its operand goes over a jump, which is the body's first instruction then.
        int body = OpcodeInfo.Of(i.Op).JumpTarget(i, pc);
        Instruction first = prototype.Code[body];
        int target = first.Op == Opcode.Jump ? OpcodeInfo.Of(Opcode.Jump).JumpTarget(first, body) : body;
        _ranges[loop] = new LoopRange(Math.Min(body, target), body, Math.Max(body, pc));
    }

    private static int LastJumpTo(Prototype prototype, int head)
    {
        int last = head;
        for (int pc = head; pc < prototype.Code.Length; pc++)
        {
            if (OpcodeInfo.Of(prototype.Code[pc].Op).JumpTarget(prototype.Code[pc], pc) == head)
            {
                last = pc;
            }
        }

        return last;
    }

    private int FindParent(int loop)
    {
        int parent = None;
        for (int other = 0; other < _ranges.Length; other++)
        {
            if (_ranges[other].Encloses(_ranges[loop]) && (parent == None || _ranges[parent].Encloses(_ranges[other])))
            {
                parent = other;
            }
        }

        return parent;
    }
}
