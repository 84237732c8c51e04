using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>
/// Registers that hold a constant while a loop runs, because the compiler to bytecode has hoisted its load:
/// <code>
///     LoadInt r1, 3             ; the only write of r1, and the loop is reached through it only
///     ForPrep r2, L9
/// L4: Mul r6, r1, r5            ; a region of the loop knows that r1 is 3
/// </code>
/// </summary>
internal static class ConstantRegisters
{
    /// <summary>The constant that a register holds whenever an instruction is executed; null when it may hold anything else.</summary>
    public static Value? Find(Prototype prototype, CodeFlow flow, int register, int pc)
    {
        int load = OnlyWrite(prototype, register);
        return load >= 0 && ConstantOf(prototype, prototype.Code[load]) is { } constant && IsReachedOnlyThrough(flow, load, pc)
            ? constant
            : null;
    }

    /// <summary>The one instruction that writes a register; -1 when there are several, or when something else writes it.</summary>
    private static int OnlyWrite(Prototype prototype, int register)
    {
        int only = -1;
        for (int pc = 0; pc < prototype.Code.Length; pc++)
        {
            Instruction i = prototype.Code[pc];
            if (RegisterUse.Overwrites(i, register) || RegisterUse.LoopVariables(i).Contains(register))
            {
                if (only >= 0)
                {
                    return -1;
                }

                only = pc;
            }
        }

        foreach (HandlerInfo handler in prototype.Handlers)
        {
            if (new RegisterSpan(handler.Register, handler.Registers).Contains(register))
            {
                return -1;
            }
        }

        return only;
    }

    private static Value? ConstantOf(Prototype prototype, Instruction load) =>
        OpcodeInfo.Of(load.Op).Result == OpResult.Literal ? LiteralOf(prototype, load) : null;

    private static Value LiteralOf(Prototype prototype, Instruction load) => load.Op switch
    {
        Opcode.LoadConst => prototype.Constants[load.Wide],
        Opcode.LoadInt => Value.FromInt(load.Wide),
        Opcode.LoadNil => Value.Nil,
        Opcode.LoadBool => Value.FromBool(load.B != 0),
        _ => throw new UnreachableException($"{load.Op} loads no literal."),
    };

    /// <summary>Whether every path from the first instruction to one passes another one. Arguments are written before the first.</summary>
    private static bool IsReachedOnlyThrough(CodeFlow flow, int gate, int goal)
    {
        HashSet<int> seen = [0, gate];
        Stack<int> work = new(gate == 0 ? [] : [0]);
        List<int> successors = [];
        while (work.TryPop(out int pc))
        {
            flow.Successors(pc, successors);
            flow.AddHandlers(pc, successors);
            foreach (int next in successors)
            {
                if (seen.Add(next))
                {
                    work.Push(next);
                }
            }
        }

        return goal != gate && !seen.Contains(goal);
    }
}
