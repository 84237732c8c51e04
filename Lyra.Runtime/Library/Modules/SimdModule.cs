using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>The element-wise operations of module <c>simd</c>.</summary>
internal enum SimdOperation : byte
{
    Add,
    Sub,
    Mul,
    Div,
    Min,
    Max,
}

/// <summary>The comparisons of module <c>simd</c>.</summary>
internal enum SimdComparison : byte
{
    Less,
    LessOrEqual,
    Equal,
}

/// <summary>
/// Module <c>simd</c>: operations on whole lists of numbers, vectorized when both hold ints or both floats. Each element is the operator's
/// result for that pair: exact on ints of any size. <c>sum</c> and <c>dot</c> of floats add in eight interleaved lanes, on every machine.
/// </summary>
internal static class SimdModule
{
    public static void Rows(RowReader rows)
    {
        if (rows.Matches("add(a, b)")) rows.Register(static (c, a) => Operate(c, a, "simd.add", SimdOperation.Add), Restartable);
        if (rows.Matches("sub(a, b)")) rows.Register(static (c, a) => Operate(c, a, "simd.sub", SimdOperation.Sub), Restartable);
        if (rows.Matches("mul(a, b)")) rows.Register(static (c, a) => Operate(c, a, "simd.mul", SimdOperation.Mul), Restartable);
        if (rows.Matches("div(a, b)")) rows.Register(static (c, a) => Operate(c, a, "simd.div", SimdOperation.Div), Restartable);
        if (rows.Matches("min(a, b)")) rows.Register(static (c, a) => Operate(c, a, "simd.min", SimdOperation.Min), Restartable);
        if (rows.Matches("max(a, b)")) rows.Register(static (c, a) => Operate(c, a, "simd.max", SimdOperation.Max), Restartable);
        if (rows.Matches("lt(a, b)")) rows.Register(static (c, a) => Compare(c, a, "simd.lt", SimdComparison.Less), Restartable);
        if (rows.Matches("le(a, b)")) rows.Register(static (c, a) => Compare(c, a, "simd.le", SimdComparison.LessOrEqual), Restartable);
        if (rows.Matches("eq(a, b)")) rows.Register(static (c, a) => Compare(c, a, "simd.eq", SimdComparison.Equal), Restartable);
        if (rows.Matches("select(mask, a, b)")) rows.Register(Select, Restartable);
        if (rows.Matches("sum(a)")) rows.Register(Sum, Restartable);
        if (rows.Matches("dot(a, b)")) rows.Register(Dot, Restartable);
    }

    private static Value Operate(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, SimdOperation operation)
    {
        Pair(context, arguments, proc, 0, out ListObject a, out ListObject b);
        return Value.FromObject(SimdElements.Operate(context, a, b, operation));
    }

    private static Value Compare(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, SimdComparison comparison)
    {
        Pair(context, arguments, proc, 0, out ListObject a, out ListObject b);
        return Value.FromObject(SimdElements.Compare(context, a, b, comparison));
    }

    /// <summary>The element of <c>a</c> where the mask is true, else that of <c>b</c>.</summary>
    private static Value Select(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject mask = Sequence.AsList(context, arguments[0]);
        Pair(context, arguments, "simd.select", 1, out ListObject a, out ListObject b);
        CheckLengths("simd.select", mask, a);
        ListObject selected = new();
        selected.EnsureCapacity(context, mask.Count);
        context.Charge(mask.Count);
        for (int i = 0; i < mask.Count; i++)
        {
            Value choice = mask.Get(i);
            if (!choice.IsBool)
            {
                throw Throw.TypeError($"simd.select: element {i} of 'mask' must be a bool, not {Throw.TypeName(choice)}");
            }

            selected.Add(context, choice.AsBool ? a.Get(i) : b.Get(i));
        }

        return Value.FromObject(selected);
    }

    private static Value Sum(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject a = Numbers(context, arguments[0], "simd.sum", "a");
        return a.Strategy == ListStrategy.Floats
            ? Value.FromFloat(SimdReductions.Sum(context, a.Floats.AsSpan(0, a.Count)))
            : Sums.Of(context, Value.FromObject(a));
    }

    private static Value Dot(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Pair(context, arguments, "simd.dot", 0, out ListObject a, out ListObject b);
        return SimdReductions.Dot(context, a, b);
    }

    private static void Pair(
        ScriptContext context, ReadOnlySpan<Value> arguments, string proc, int first, out ListObject a, out ListObject b)
    {
        a = Numbers(context, arguments[first], proc, "a");
        b = Numbers(context, arguments[first + 1], proc, "b");
        CheckLengths(proc, a, b);
    }

    private static void CheckLengths(string proc, ListObject a, ListObject b)
    {
        if (a.Count != b.Count)
        {
            throw Throw.ValueError($"{proc}: the lists must have the same length, they have {a.Count} and {b.Count}");
        }
    }

    private static ListObject Numbers(ScriptContext context, in Value values, string proc, string parameter)
    {
        ListObject list = Sequence.AsList(context, values);
        if (list.Strategy is ListStrategy.Ints or ListStrategy.Floats)
        {
            return list;
        }

        context.Charge(list.Count >> 3);
        for (int i = 0; i < list.Count; i++)
        {
            if (!list.Get(i).IsNumber)
            {
                throw Throw.TypeError($"{proc}: element {i} of '{parameter}' must be a number, not {Throw.TypeName(list.Get(i))}");
            }
        }

        return list;
    }
}
