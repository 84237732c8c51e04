using System;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Profiles;

/// <summary>The code of a loop: consecutive instructions that end with the back-edge.</summary>
/// <param name="Head">Its first instruction.</param>
/// <param name="Body">The instruction after the charge of a back-edge, where recordings and regions begin.</param>
/// <param name="End">Its last back-edge; <see cref="NoEnd"/> for a loop whose code was eliminated.</param>
internal readonly record struct LoopRange(int Head, int Body, int End)
{
    private const int NoEnd = -1;

    public bool IsEliminated => End == NoEnd;

    /// <summary>A loop whose code was eliminated.</summary>
    public static LoopRange Eliminated(int body) => new(0, body, NoEnd);

    public bool Contains(int pc) => pc >= Head && pc <= End;

    /// <summary>Whether control leaves the loop before an instruction, or suspends its frame there.</summary>
    public bool EndsAt(int pc, Prototype prototype) => !Contains(pc) || prototype.Code[pc].Op == Opcode.Yield;

    /// <summary>Whether another loop is inside this one.</summary>
    public bool Encloses(LoopRange other) => !other.IsEliminated && Head <= other.Head && other.End <= End && this != other;
}

/// <summary>The loops of a prototype and how they are nested.</summary>
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
            _ranges[loop] = LoopRange.Eliminated(prototype.Loops[loop].BodyPc);
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

    /// <summary>The innermost loop around a loop; <see cref="None"/> for an outermost one.</summary>
    public int ParentOf(int loop) => _parents[loop];

    /// <summary>The loop whose body begins at an instruction; <see cref="None"/> when none does.</summary>
    public int AtBody(int pc)
    {
        for (int loop = 0; loop < _ranges.Length; loop++)
        {
            if (_ranges[loop].Body == pc && !_ranges[loop].IsEliminated)
            {
                return loop;
            }
        }

        return None;
    }

    /// <summary>The loop that an instruction charges, at its head or at a back-edge; <see cref="None"/> for other instructions.</summary>
    public static int ChargedBy(in Instruction instruction) => OpcodeInfo.Of(instruction.Op).LoopOf(instruction);

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

        // If a back-edge is too long for its operand, it targets a jump, which is then the first instruction of the body.
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
