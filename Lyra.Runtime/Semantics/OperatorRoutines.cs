using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>The general routines of all operators, and routines for one pair of types each, which check nothing.</summary>
internal static unsafe class OperatorRoutines
{
    /// <summary>
    /// The routine of a binary operator for all values. One that swaps or negates another operator has that operator's, so its row in
    /// <see cref="OperatorInfo"/> applies to the operands and the result.
    /// </summary>
    public static delegate*<ScriptContext, in Value, in Value, Value> Of(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => &Arithmetic.Add,
        BinaryOperator.Subtract => &Arithmetic.Sub,
        BinaryOperator.Multiply => &Arithmetic.Mul,
        BinaryOperator.Divide => &Arithmetic.Div,
        BinaryOperator.Modulo => &Arithmetic.Mod,
        BinaryOperator.Power => &Arithmetic.Pow,
        BinaryOperator.BitAnd => &Arithmetic.BitAnd,
        BinaryOperator.BitOr => &Arithmetic.BitOr,
        BinaryOperator.BitXor => &Arithmetic.BitXor,
        BinaryOperator.ShiftLeft => &Arithmetic.Shl,
        BinaryOperator.ShiftRight => &Arithmetic.Shr,
        BinaryOperator.Equal or BinaryOperator.NotEqual => &Equal,
        BinaryOperator.Less or BinaryOperator.Greater => &Less,
        BinaryOperator.LessEqual or BinaryOperator.GreaterEqual => &LessOrEqual,
        BinaryOperator.In or BinaryOperator.NotIn => &IsIn,
        BinaryOperator.Is or BinaryOperator.IsNot => &Is,
    };

    /// <summary>Performs a binary operator on two values.</summary>
    public static Value Apply(ScriptContext context, BinaryOperator @operator, in Value a, in Value b)
    {
        OperatorInfo row = OperatorInfo.Of(@operator);
        Value result = row.Swaps ? Of(@operator)(context, b, a) : Of(@operator)(context, a, b);
        return row.Negates ? Value.FromBool(!result.AsBool) : result;
    }

    private static Value Equal(ScriptContext context, in Value a, in Value b) => Value.FromBool(Equality.AreEqual(context, a, b));

    private static Value Less(ScriptContext context, in Value a, in Value b) => Value.FromBool(Comparison.Less(context, a, b));

    private static Value LessOrEqual(ScriptContext context, in Value a, in Value b) =>
        Value.FromBool(Comparison.LessOrEqual(context, a, b));

    private static Value IsIn(ScriptContext context, in Value a, in Value b) => Value.FromBool(Indexing.Contains(context, b, a));

    private static Value Is(ScriptContext context, in Value a, in Value b) => Value.FromBool(Equality.AreIdentical(context, a, b));

    public static Value AddIntFloat(ScriptContext context, in Value a, in Value b) => Value.FromFloat(a.AsInt + b.AsFloat);

    public static Value AddFloatInt(ScriptContext context, in Value a, in Value b) => Value.FromFloat(a.AsFloat + b.AsInt);

    public static Value SubIntFloat(ScriptContext context, in Value a, in Value b) => Value.FromFloat(a.AsInt - b.AsFloat);

    public static Value SubFloatInt(ScriptContext context, in Value a, in Value b) => Value.FromFloat(a.AsFloat - b.AsInt);

    public static Value MulIntFloat(ScriptContext context, in Value a, in Value b) => Value.FromFloat(a.AsInt * b.AsFloat);

    public static Value MulFloatInt(ScriptContext context, in Value a, in Value b) => Value.FromFloat(a.AsFloat * b.AsInt);

    public static Value DivIntFloat(ScriptContext context, in Value a, in Value b) => Value.FromFloat(a.AsInt / b.AsFloat);

    public static Value DivFloatInt(ScriptContext context, in Value a, in Value b) => Value.FromFloat(a.AsFloat / b.AsInt);

    public static Value JoinStrs(ScriptContext context, in Value a, in Value b) =>
        Value.FromObject(ScriptString.Concat(context, Unsafe.As<ScriptString>(a.Ref!), Unsafe.As<ScriptString>(b.Ref!)));

    public static Value JoinLists(ScriptContext context, in Value a, in Value b) =>
        Value.FromObject(Sequences.Join(context, Unsafe.As<ListObject>(a.Ref!), Unsafe.As<ListObject>(b.Ref!)));

    public static Value JoinTuples(ScriptContext context, in Value a, in Value b) =>
        Value.FromObject(Sequences.Join(context, Unsafe.As<TupleObject>(a.Ref!), Unsafe.As<TupleObject>(b.Ref!)));

    /// <summary>A str or list, repeated.</summary>
    public static Value Repeat(ScriptContext context, in Value a, in Value b) => Sequences.Repeat(context, a, b);

    /// <summary>As <see cref="Repeat"/>, with the count on the left.</summary>
    public static Value RepeatRight(ScriptContext context, in Value a, in Value b) => Sequences.Repeat(context, b, a);
}
