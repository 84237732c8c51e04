using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>Mutations of branches and exception regions.</summary>
internal static class BranchMutation
{
    public static readonly Mutation[] All =
    [
        new("a branch leads to no instruction", static (_, i) => IsBranch(i) ? Retarget(i, Instruction.Create(OpCodes.Nop)) : null),
        new("a branch skips a load", static (_, i) => IsBranch(i) && SkippedLoad(i) is { } load ? Retarget(i, load.Next) : null),
        new("a branch enters behind ldftn of a delegate's creation", static (m, i) =>
            i is { OpCode.Code: Code.Ldftn, Next.OpCode.Code: Code.Newobj } ? Enter(m, i, 1) : null),
        new("a branch enters behind dup of a delegate's creation", static (m, i) => CreatesVirtually(i) ? Enter(m, i, 1) : null),
        new("a branch enters behind ldvirtftn of a delegate's creation", static (m, i) => CreatesVirtually(i) ? Enter(m, i, 2) : null),
        new("a delegate's function comes from another object", static (_, i) => CreatesVirtually(i) ? Replace(i, OpCodes.Ldnull, null)
            : null),
        new("a branch enters behind the data of a span's creation", static (m, i) => SpanData(i) is not null ? Enter(m, i, 1) : null),
        new("a branch enters behind the length of a span's creation", static (m, i) => SpanData(i) is not null ? Enter(m, i, 2) : null),
        new("a span is longer than its data", static (_, i) => i.Previous is { } data && SpanData(data) is not null
            ? Replace(i, OpCodes.Ldc_I4, int.MaxValue) : null),
        new("a span's length is negative", static (_, i) => i.Previous is { } data && SpanData(data) is not null
            ? Replace(i, OpCodes.Ldc_I4, -1) : null),
        new("a span's data can change", static (_, i) => SpanData(i) is { } field ? MakeAssignable(field) : null),
        new("a branch leaves a protected block or handler", static (m, i) => IsExit(m, i) ? Replace(i, OpCodes.Br, i.Operand) : null),
        new("a branch enters a protected block", static (m, i) => IsBranch(i) && LaterBlock(m, i) is { } block
            ? Retarget(i, block.TryStart.Next) : null),
        new("a protected block overlaps its handler", Overlap),
        new("a returned pointer points into the frame", ReturnLocal),
    ];

    private static bool IsBranch(Instruction i) => i.Operand is Instruction && i.OpCode.Code is not (Code.Leave or Code.Leave_S);

    private static Action Retarget(Instruction branch, Instruction target) => Replace(branch, branch.OpCode, target);

    private static Action Replace(Instruction instruction, OpCode code, object? operand)
    {
        (OpCode oldCode, object oldOperand) = (instruction.OpCode, instruction.Operand);
        (instruction.OpCode, instruction.Operand) = (code, operand);
        return () => (instruction.OpCode, instruction.Operand) = (oldCode, oldOperand);
    }

    /// <summary>
    /// The target of a branch if it is a load that other code falls into: the depths of the stack after it differ if the branch skips it.
    /// </summary>
    private static Instruction? SkippedLoad(Instruction branch)
    {
        Instruction target = (Instruction)branch.Operand;
        bool isLoad = target.OpCode.StackBehaviourPop == StackBehaviour.Pop0 && target.OpCode.Code is >= Code.Ldarg_0 and <= Code.Ldc_R8
            && target.OpCode.StackBehaviourPush != StackBehaviour.Push0;
        bool isFallenInto = target.Previous is { OpCode.FlowControl: not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw) };
        return isLoad && isFallenInto && target.Next is not null ? target : null;
    }

    private static bool CreatesVirtually(Instruction i) =>
        i is { OpCode.Code: Code.Dup, Next: { OpCode.Code: Code.Ldvirtftn, Next.OpCode.Code: Code.Newobj } };

    /// <summary>The constant data of the span whose creation begins with the instruction; null if none does.</summary>
    private static FieldDefinition? SpanData(Instruction i)
    {
        return i is { OpCode.Code: Code.Ldsflda, Operand: FieldReference field, Next.Next: { OpCode.Code: Code.Newobj } creation }
            && creation.Operand is MethodReference { DeclaringType: GenericInstanceType { ElementType.Name: "ReadOnlySpan`1" } }
            ? field.Resolve()
            : null;
    }

    /// <summary>
    /// Adds a branch, never taken, into a sequence that creates a delegate or a span. The stack holds the same types on both paths, so
    /// the rule for the sequence alone refuses the branch.
    /// </summary>
    /// <param name="method">The changed method.</param>
    /// <param name="first">The first instruction of the sequence.</param>
    /// <param name="count">The number of instructions that the branch skips. A copy of them precedes it.</param>
    private static Action Enter(MethodDefinition method, Instruction first, int count)
    {
        List<Instruction> added = [];
        int pushed = 0;
        Instruction at = first;
        for (int i = 0; i < count; i++, at = at.Next)
        {
            Instruction copy = Instruction.Create(OpCodes.Nop);
            (copy.OpCode, copy.Operand) = (at.OpCode, at.Operand);
            added.Add(copy);
            pushed += at.OpCode.Code == Code.Ldvirtftn ? 0 : 1;
        }

        added.AddRange([Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Brtrue, at)]);
        added.AddRange(Enumerable.Range(0, pushed).Select(static _ => Instruction.Create(OpCodes.Pop)));
        return Insert(method, first, [.. added]);
    }

    private static Action MakeAssignable(FieldDefinition field)
    {
        field.IsInitOnly = false;
        return () => field.IsInitOnly = true;
    }

    /// <summary>Whether a leave instruction leaves a protected block or handler.</summary>
    private static bool IsExit(MethodDefinition method, Instruction i)
    {
        return i.OpCode.Code is Code.Leave or Code.Leave_S && method.Body.ExceptionHandlers.Any(row =>
            IsInside(i, row.TryStart, row.TryEnd) != IsInside((Instruction)i.Operand, row.TryStart, row.TryEnd)
            || IsInside(i, row.HandlerStart, row.HandlerEnd) != IsInside((Instruction)i.Operand, row.HandlerStart, row.HandlerEnd));
    }

    private static bool IsInside(Instruction i, Instruction start, Instruction? end)
    {
        return i.Offset >= start.Offset && (end is null || i.Offset < end.Offset);
    }

    /// <summary>A protected block of several instructions that does not contain the instruction.</summary>
    private static ExceptionHandler? LaterBlock(MethodDefinition method, Instruction i)
    {
        return method.Body.ExceptionHandlers.FirstOrDefault(row => !IsInside(i, row.TryStart, row.TryEnd) && row.TryStart.Next != row.TryEnd
            && method.Body.ExceptionHandlers.All(other => other.TryStart != row.TryStart.Next));
    }

    private static Action? Overlap(MethodDefinition method, Instruction i)
    {
        if (method.Body.ExceptionHandlers.FirstOrDefault(row => row.TryStart == i) is not { } changed)
        {
            return null;
        }

        Instruction old = changed.TryEnd;
        changed.TryEnd = changed.HandlerStart.Next;
        return () => changed.TryEnd = old;
    }

    /// <summary>Returns the address of a local, through an argument if one can hold it.</summary>
    private static Action? ReturnLocal(MethodDefinition method, Instruction i)
    {
        if (i.OpCode.Code != Code.Ret || TypeFacts.Strip(method.ReturnType) is not ByReferenceType result)
        {
            return null;
        }

        VariableDefinition local = new(result.ElementType);
        method.Body.Variables.Add(local);
        ParameterDefinition? holder = method.Parameters.FirstOrDefault(parameter =>
            parameter.ParameterType is ByReferenceType type && TypeRelations.Same(type.ElementType, result.ElementType));
        Instruction[] code = [Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Ldloca, local)];
        Action undo = Insert(method, i, holder is null ? code
            : [.. code, Instruction.Create(OpCodes.Starg, holder), Instruction.Create(OpCodes.Ldarg, holder)]);
        return () =>
        {
            undo();
            method.Body.Variables.Remove(local);
        };
    }

    private static Action Insert(MethodDefinition method, Instruction before, params Instruction[] added)
    {
        MethodBody body = method.Body;
        int at = body.Instructions.IndexOf(before);
        (int oldStack, bool oldLocals) = (body.MaxStackSize, body.InitLocals);
        (body.MaxStackSize, body.InitLocals) = (oldStack + added.Length, true);
        for (int i = 0; i < added.Length; i++)
        {
            body.Instructions.Insert(at + i, added[i]);
        }

        return () =>
        {
            foreach (Instruction instruction in added)
            {
                body.Instructions.Remove(instruction);
            }

            (body.MaxStackSize, body.InitLocals) = (oldStack, oldLocals);
        };
    }
}
