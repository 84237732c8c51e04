using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Call instructions: what they call, as far as it is known.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildCall(Instruction i)
    {
        switch (i.Op)
        {
            case Opcode.CallProc:
                return _scope.Code.Module.Slots[i.B].Ref is Closure proc && BuildCompleteCall(CalleeAt(i, Object(proc), proc.Code), RegistersFrom(i.A + 1, i.C));
            case Opcode.Call:
                return BuildValueCall(i);
            case Opcode.CallEx:
                return BuildDescriptorCall(i);
            case Opcode.CallMethod:
                return BuildMethodCall(i);
            case Opcode.CallBuiltin:
                return BuildBuiltinCall(i);
            case Opcode.NewStruct:
                return BuildNewStruct(i);
            case Opcode.MakeStruct:
                return BuildMakeStruct(i);
            case Opcode.Return:
                return BuildReturn(Register(i.A));
            case Opcode.ReturnNil:
                return BuildReturn(null);
            default:
                return false;
        }
    }

    /// <summary>The callee of a call whose arguments stand behind the register that takes its result.</summary>
    private static Callee CalleeAt(Instruction i, IrNode closure, LinkedPrototype code) => new(code, closure, i.A + 1, i.A);

    private bool BuildValueCall(Instruction i) => BuildSeenCall(i, Operand(i.A, Profile.A), Profile.A);

    /// <summary>A call of a value as it was seen, with arguments behind the result's register.</summary>
    private bool BuildSeenCall(Instruction i, IrNode value, ObservedType? seen)
    {
        IrNode callee = TheOne(value, seen);
        if (callee.Op == IrOp.ConstObject && callee.Payload is NativeProc native)
        {
            return BuildNativeValueCall(i, native);
        }

        IrNode[] arguments = RegistersFrom(i.A + 1, i.C);
        if (CodeOf(callee) is null && callee.Type == IrType.Closure && seen is { Codes.Count: > 1, IsMegamorphic: false })
        {
            return BuildCallByCode(i, callee, seen.Codes, arguments);
        }

        return callee.Type == IrType.Any && ShapesOf(seen) is { Count: > 1 } shapes
            ? ByShape(i, callee, shapes, instance => BuildCallOfValue(i, instance, null, arguments))
            : BuildCallOfValue(i, callee, seen, arguments);
    }

    /// <summary>An arm for each code that was seen; the last exits when the closure has none of them.</summary>
    private bool BuildCallByCode(Instruction i, IrNode closure, IReadOnlyList<LinkedPrototype> codes, IrNode[] arguments)
    {
        List<Incoming> ends = [];
        for (int n = 0; n < codes.Count; n++)
        {
            IrNode isCode = Emit(IrOp.IsCode, IrType.Bool, closure).About(codes[n], 0);
            Incoming? other = null;
            if (n < codes.Count - 1)
            {
                other = Fork(isCode);
            }
            else
            {
                Guarded(IrOp.Guard, IrType.None, isCode);
            }

            if (!BuildCallOf(CalleeAt(i, closure, codes[n]), arguments))
            {
                Interpret(i);
            }

            EndArm(ends);
            if (other is not null)
            {
                TakeUp(other);
            }
        }

        JoinArms(ends);
        return true;
    }

    /// <summary>A call of a value with arguments behind the result's register, when what it runs is known or was seen to be one thing.</summary>
    private bool BuildCallOfValue(Instruction i, IrNode callee, ObservedType? seen, IrNode[] arguments) =>
        Resolve(callee, seen) is var (code, closure, leading) && BuildCallOf(CalleeAt(i, closure, code), [.. leading, .. arguments]);

    /// <summary>A call with named arguments: their order is the callee's. What is spread only the interpreter knows.</summary>
    private bool BuildDescriptorCall(Instruction i)
    {
        CallDescriptor descriptor = _scope.Code.Prototype.CallDescriptors[i.B];
        if (descriptor.HasSpread || Resolve(TheOne(Operand(i.A, Profile.A), Profile.A), Profile.A) is not var (code, closure, leading))
        {
            return false;
        }

        int names = descriptor.Names.Length;
        IrNode[] positional = [.. leading, .. RegistersFrom(i.A + 1, i.C - names)];
        return Bind(code, positional, descriptor.Names, RegistersFrom(i.A + 1 + i.C - names, names)) is { } arguments
            && BuildCompleteCall(CalleeAt(i, closure, code), arguments);
    }

    /// <summary>
    /// What a call of a value runs in the end, and what stands before the arguments: bound methods, struct types and <c>__call</c> hooks are looked
    /// through. Exits when it is not what was seen. Null when it is not known, or nothing that is built in line.
    /// </summary>
    private (LinkedPrototype Code, IrNode Closure, IrNode[] Leading)? Resolve(IrNode callee, ObservedType? seen)
    {
        switch (callee.Type)
        {
            case IrType.Closure:
                LinkedPrototype? code = CodeOf(callee) ?? (seen is { Codes.Count: 1, IsMegamorphic: false } ? seen.Codes[0] : null);
                if (code is null || ChooseCall(code, []) == CallChoice.None)
                {
                    return null;
                }

                GuardCode(callee, code);
                return (code, callee, []);
            case IrType.Struct when callee.Shape?.Hooks.Call is { } hook:
                return (hook.Code, Object(hook), [callee]);
            case IrType.Object when callee.Op == IrOp.ConstObject && callee.Payload is Shape shape:
                return (shape.Constructor.Code, Object(shape.Constructor), []);
            case IrType.Object when callee.Op == IrOp.ConstObject && callee.Payload is BoundProc bound:
                return Resolve(ConstantOf(Value.FromObject(bound.Target)), null) is var (target, self, first) ? (target, self, [ConstantOf(bound.Receiver), .. first]) : null;
            case IrType.Object when callee.Op == IrOp.Call && ReferenceEquals(callee.Payload, RegionHelpers.NewBound):
                return Resolve(callee.Inputs[1], null) is var (method, closure, leading) ? (method, closure, [callee.Inputs[0], .. leading]) : null;
            default:
                return null;
        }
    }

    /// <summary>A struct type, bound method or proc in C# that was the only one seen, as a constant; exits when it is another one.</summary>
    private IrNode TheOne(IrNode value, ObservedType? seen)
    {
        if (value.Type != IrType.Any || value.IsConstant || seen is not { Kinds: ObservedKinds.Other, OnlyOther: Shape or BoundProc or NativeProc })
        {
            return value;
        }

        IrNode one = Object(seen.OnlyOther);
        Guarded(IrOp.Guard, IrType.None, Emit(IrOp.IsThis, IrType.Bool, value, one));
        Refine(value, one);
        return one;
    }

    /// <summary>The code of a closure that is a constant or made in the region; null of any other value.</summary>
    private static LinkedPrototype? CodeOf(IrNode closure) => closure.Op switch
    {
        IrOp.ConstObject => (closure.Payload as Closure)?.Code,
        IrOp.NewClosure => (LinkedPrototype)closure.Payload!,
        _ => null,
    };

    private void GuardCode(IrNode closure, LinkedPrototype code)
    {
        if (CodeOf(closure) is null)
        {
            Guarded(IrOp.Guard, IrType.None, Emit(IrOp.IsCode, IrType.Bool, closure).About(code, 0));
        }
    }

    private bool BuildMethodCall(Instruction i)
    {
        IrNode receiver = Operand(i.A, Profile.A);
        string name = _scope.Code.Prototype.Sites[i.B];
        return receiver.Type == IrType.Any && ShapesOf(Profile.A) is { Count: > 1 } shapes
            ? ByShape(i, receiver, shapes, instance => BuildStructMethodCall(i, instance, name))
            : BuildMethodCallOf(i, receiver, name);
    }

    private bool BuildMethodCallOf(Instruction i, IrNode receiver, string name)
    {
        switch (receiver.Type)
        {
            case IrType.Struct:
                return BuildStructMethodCall(i, receiver, name);
            case IrType.Object when receiver.Op == IrOp.ConstObject && receiver.Payload is ModuleInstance or Shape:
                return MemberOfConstant(receiver, name) is { } member && BuildCallOfValue(i, member, null, RegistersFrom(i.A + 1, i.C));
            default:
                return BuildNativeMethodCall(i, receiver, name);
        }
    }

    private bool BuildStructMethodCall(Instruction i, IrNode instance, string name)
    {
        Shape shape = instance.Shape!;
        if (shape.IndexOf(name) is >= 0 and var field)
        {
            return BuildSeenCall(i, Narrow(FieldOf(instance, field), Profile.Field), Profile.Field);
        }

        return shape.FindMethod(name) is { } method
            ? BuildCallOf(new Callee(method.Code, Object(method), i.A, i.A), Prepend(instance, RegistersFrom(i.A + 1, i.C)))
            : BuildNativeMethodCall(i, instance, name);
    }

}
