using System;
using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>
/// Members, elements and operators of objects of the host: calls of their accessors. The type of an object was recorded and is guarded, so
/// the member is known.
/// </summary>
internal sealed class HostMemberLowering(BuildParts parts, HostCallLowering calls, CallOutLowering callOuts) : Lowering(parts)
{
    /// <summary>R[A] := property C of an object; false when only the interpreter can do it.</summary>
    public bool GetProperty(Instruction i, IrNode receiver, string name) =>
        ByType(i, receiver, Profile.B, (type, target) =>
            Call(type, type.Find(name)?.Getter, [target], [Profile.B]) is { } value && Set(i.A, value));

    /// <summary>Property C of an object := a value; false when only the interpreter can do it.</summary>
    public bool SetProperty(Instruction i, IrNode receiver, IrNode value, string name) =>
        ByType(i, receiver, Profile.A, (type, target) =>
            Call(type, type.Find(name)?.Setter, [target, value], [Profile.A, Profile.B]) is not null);

    /// <summary>Calls method B of an object; false when only the interpreter can do it.</summary>
    public bool CallMethod(Instruction i, IrNode receiver, string name)
    {
        IrNode[] arguments = new IrNode[i.C];
        for (int n = 0; n < arguments.Length; n++)
        {
            arguments[n] = Registers.Operand(i.A + 1 + n, n == 0 ? Profile.B : n == 1 ? Profile.C : null);
        }

        return ByType(i, receiver, Profile.A, (type, target) =>
            Call(type, type.Find(name)?.Method, [target, .. arguments], [Profile.A, Profile.B, Profile.C]) is { } result
                && Set(i.A, result));
    }

    /// <summary>R[A] := a member of a type itself; false when only the interpreter can read it.</summary>
    public bool GetStatic(Instruction i, HostType type, string name)
    {
        HostMember? member = type.FindStatic(name);
        return member?.Method is { } method
            ? Set(i.A, Ir.Object(method))
            : Call(null, member?.Getter, [], []) is { } value && Set(i.A, value);
    }

    /// <summary>R[A] := an element of an object; false when only the interpreter can do it.</summary>
    public bool GetElement(Instruction i, IrNode container, IrNode index) =>
        ByType(i, container, Profile.B, (type, target) =>
            Call(type, type.FindInherited(static t => t.IndexGetter), [target, index], [Profile.B, Profile.C]) is { } value
                && Set(i.A, value));

    /// <summary>An element of an object := a value; false when only the interpreter can do it.</summary>
    public bool SetElement(Instruction i, IrNode container, IrNode index, IrNode value) =>
        ByType(i, container, Profile.A, (type, target) =>
            Call(type, type.FindInherited(static t => t.IndexSetter), [target, index, value], [Profile.A, Profile.B, Profile.C])
                is not null);

    /// <summary>R[A] := x op y, where the type of an operand defines the operator; false when only the interpreter can do it.</summary>
    public bool Operator(Instruction i, Opcode op, IrNode x, IrNode y) =>
        Operator(OperatorTable.OperatorOf(op), x, y, Profile.B, Profile.C) is { } result && Set(i.A, result);

    /// <summary>R[A] := -x, where the type of x defines that; false when only the interpreter can do it.</summary>
    public bool Negation(Instruction i, IrNode x) => HostCallLowering.TypeOf(x, Profile.B) is { } type
        && type.FindOperator(OperatorInfo.Of(UnaryOperator.Negate)) is { } proc
        && Call(type, proc, [calls.GuardType(type, x)], [Profile.B]) is { } result && Set(i.A, result);

    /// <summary>
    /// x == y, x &lt; y or x &lt;= y, where one of them is an object of the host; null when only the interpreter can do it. Decimals have
    /// the operator ==; other objects are compared by identity, unless their type has it.
    /// </summary>
    public IrNode? Comparison(Opcode op, IrNode x, IrNode y, ObservedType? seenX, ObservedType? seenY)
    {
        if (op != Opcode.Eq)
        {
            return TruthOf(op == Opcode.Lt ? BinaryOperator.Less : BinaryOperator.LessEqual, x, y, seenX, seenY);
        }

        HostType? left = HostCallLowering.TypeOf(x, seenX);
        HostType? right = HostCallLowering.TypeOf(y, seenY);
        bool isExact = left == HostDecimal.Type ? right == left || IsNumber(y) : right == HostDecimal.Type && IsNumber(x);
        if (isExact)
        {
            return TruthOf(BinaryOperator.Equal, x, y, seenX, seenY);
        }

        if (left is null || left == HostDecimal.Type || left.FindOperator(OperatorInfo.Of(BinaryOperator.Equal)) is not null
            || Profile.Raised)
        {
            return null;
        }

        calls.GuardType(left, x);
        return Ir.AsBool(Ir.Call(RegionHelpers.AreEqualValues, Ir.Box(x), Ir.Box(y)));
    }

    private IrNode? TruthOf(BinaryOperator @operator, IrNode x, IrNode y, ObservedType? seenX, ObservedType? seenY) =>
        Operator(@operator, x, y, seenX, seenY) is { } result ? Ir.Truth(result) : null;

    private static bool IsNumber(IrNode value) => value.Type is IrType.Int or IrType.Float;

    /// <summary>x op y, where the type of an operand defines the operator; null when only the interpreter can do it.</summary>
    private IrNode? Operator(BinaryOperator @operator, IrNode x, IrNode y, ObservedType? seenX, ObservedType? seenY)
    {
        OperatorInfo row = OperatorInfo.Of(@operator);
        HostType? left = HostCallLowering.TypeOf(x, seenX);
        HostType? right = HostCallLowering.TypeOf(y, seenY);
        NativeProc? proc = left?.FindOperator(row);
        if (left is not null)
        {
            calls.GuardType(left, x);
        }
        else if (x.Type is IrType.Any or IrType.Object or IrType.Struct)
        {
            // It might be an object whose type has the operator, or an instance with a hook.
            return null;
        }

        if (proc is null && right is not null)
        {
            calls.GuardType(right, y);
            proc = right.FindOperator(row);
        }

        return Call(null, proc, [x, y], [seenX, seenY]);
    }

    /// <summary>Whether an operand was recorded as an object of the host, and nothing else.</summary>
    public static bool IsHost(IrNode value, ObservedType? seen) => value.IsUnknown && seen is { Kinds: ObservedKinds.Host };

    /// <param name="receiver">The type of the first argument, which has been tested; null where a test may be missing.</param>
    /// <param name="proc">The accessor, method or operator; null when the type has none.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="seen">The recordings of the first arguments.</param>
    private IrNode? Call(HostType? receiver, NativeProc? proc, IrNode[] arguments, ReadOnlySpan<ObservedType?> seen) =>
        proc is null || Profile.Raised ? null : calls.Call(proc, arguments, seen, receiver);

    /// <summary>
    /// Lowers an instruction for the one type that was recorded, or for each of a few: an arm that can't be lowered is an interpreter
    /// call-out. False when the value is no object of the host, or has many types.
    /// </summary>
    private bool ByType(Instruction i, IrNode value, ObservedType? seen, Func<HostType, IrNode, bool> lower)
    {
        if (!IsHost(value, seen) || seen!.IsMegamorphic)
        {
            return false;
        }

        IReadOnlyList<HostType> types = seen.HostTypes;
        if (types.Count == 1)
        {
            return lower(types[0], calls.GuardType(types[0], value));
        }

        List<Path> arms = [];
        for (int n = 0; n < types.Count; n++)
        {
            Path? other = null;
            if (n < types.Count - 1)
            {
                IrNode test = Ir.Emit(IrOp.IsHost, IrType.Bool, value);
                test.Payload = types[n];
                other = Paths.Fork(test);
            }
            else
            {
                calls.GuardType(types[n], value);
            }

            if (!lower(types[n], value))
            {
                callOuts.CallInterpreter(i);
            }

            Paths.EndArm(arms);
            if (other is not null)
            {
                Paths.Resume(other);
            }
        }

        Paths.JoinArms(arms);
        return true;
    }
}
