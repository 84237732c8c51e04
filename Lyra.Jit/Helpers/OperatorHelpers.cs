using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// The operators on operands of any kind, with the meaning of <see cref="Lyra.Runtime.Semantics"/>. The interpreter calls the hooks of
/// structs, so an operand that may have one makes the region exit.
/// </summary>
internal static class OperatorHelpers
{
    [RegionHelper(IrType.Any, Computes, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value AddValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.Add, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value SubtractValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.Sub, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value MultiplyValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.Mul, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value DivideValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.Div, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value RemainderOfValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.Mod, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value RaiseValue(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.Pow, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value AndValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.BitAnd, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value OrValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.BitOr, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value XorValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.BitXor, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value ShiftValueLeft(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.Shl, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value ShiftValueRight(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        Operate(context, Opcode.Shr, left, leftBits, right, rightBits);

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value NegateValue(ScriptContext context, object? reference, long bits) =>
        ScriptObject.IsStruct(reference) ? Exit : Guarded(context, &Arithmetic.Neg, new Value(reference, bits));

    [RegionHelper(IrType.Any, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value ComplementValue(ScriptContext context, object? reference, long bits) =>
        Guarded(context, &Arithmetic.BitNot, new Value(reference, bits));

    /// <summary>Equality as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    internal static unsafe Value AreEqualValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits)
    {
        if (left is ScriptString a && right is ScriptString b)
        {
            return TextHelpers.ChargeTexts(context, a, b) ? Value.FromBool(a.ContentEquals(b)) : Exit;
        }

        return KindHelpers.HasEqualsHookOf(left, leftBits)
            ? Exit
            : Guarded(context, &Equality.AreEqual, new Value(left, leftBits), new Value(right, rightBits));
    }

    /// <summary>Equality of two tuples as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value AreEqualTuples(ScriptContext context, TupleObject left, TupleObject right) =>
        Guarded(context, &Equality.AreEqual, Value.FromObject(left), Value.FromObject(right));

    /// <summary>Less, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value IsLessValue(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        ScriptObject.IsStruct(left) ? Exit : Guarded(context, &Comparison.Less, new Value(left, leftBits), new Value(right, rightBits));

    /// <summary>Less or equal, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value IsLessOrEqualValue(ScriptContext context, object? left, long leftBits, object? right, long rightBits) =>
        ScriptObject.IsStruct(left)
            ? Exit
            : Guarded(context, &Comparison.LessOrEqual, new Value(left, leftBits), new Value(right, rightBits));

    /// <summary>Less for two tuples, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value IsLessTuple(ScriptContext context, TupleObject left, TupleObject right) =>
        Comparison.TryCompareTuples(left, right, out int order, out int compared) && context.TryCharge(compared)
            ? Value.FromBool(order == -1)
            : Guarded(context, &Comparison.Less, Value.FromObject(left), Value.FromObject(right));

    /// <summary>Less or equal for two tuples, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value IsLessOrEqualTuple(ScriptContext context, TupleObject left, TupleObject right) =>
        Comparison.TryCompareTuples(left, right, out int order, out int compared) && context.TryCharge(compared)
            ? Value.FromBool(order <= 0)
            : Guarded(context, &Comparison.LessOrEqual, Value.FromObject(left), Value.FromObject(right));

    /// <summary>Identity (<c>is</c>) as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges)]
    internal static Value AreIdenticalValues(ScriptContext context, object? left, long leftBits, object? right, long rightBits)
    {
        Value a = new(left, leftBits);
        Value b = new(right, rightBits);
        return context.TryCharge(Equality.ComparisonSteps(a, b)) ? Value.FromBool(Equality.AreIdentical(a, b)) : Exit;
    }

    /// <summary>A binary operation. Only a hook of the left operand is called; a struct on the right alone raises.</summary>
    private static unsafe Value Operate(
        ScriptContext context,
        Opcode op,
        object? left,
        long leftBits,
        object? right,
        long rightBits)
    {
        if (ScriptObject.IsStruct(left) || ScriptObject.IsStruct(right))
        {
            return Exit;
        }

        Value a = new(left, leftBits);
        Value b = new(right, rightBits);
        return Guarded(context, OperatorTable.Find(op, a, b), a, b);
    }
}
