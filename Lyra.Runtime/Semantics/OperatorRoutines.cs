using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Operators on one pair of types each. <see cref="OperatorTable"/> calls them with operands of these types only, so they check nothing.
/// </summary>
internal static class OperatorRoutines
{
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
