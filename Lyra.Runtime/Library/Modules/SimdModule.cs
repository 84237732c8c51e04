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
/// A name that ends in <c>To</c> writes the elements into its first argument.
/// </summary>
internal static class SimdModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("add(a, b)")?.Register(static (c, a) => Operate(c, a, "simd.add", SimdOperation.Add), Restartable);
        rows.Row("sub(a, b)")?.Register(static (c, a) => Operate(c, a, "simd.sub", SimdOperation.Sub), Restartable);
        rows.Row("mul(a, b)")?.Register(static (c, a) => Operate(c, a, "simd.mul", SimdOperation.Mul), Restartable);
        rows.Row("div(a, b)")?.Register(static (c, a) => Operate(c, a, "simd.div", SimdOperation.Div), Restartable);
        rows.Row("min(a, b)")?.Register(static (c, a) => Operate(c, a, "simd.min", SimdOperation.Min), Restartable);
        rows.Row("max(a, b)")?.Register(static (c, a) => Operate(c, a, "simd.max", SimdOperation.Max), Restartable);
        rows.Row("lt(a, b)")?.Register(static (c, a) => Compare(c, a, "simd.lt", SimdComparison.Less), Restartable);
        rows.Row("le(a, b)")?.Register(static (c, a) => Compare(c, a, "simd.le", SimdComparison.LessOrEqual), Restartable);
        rows.Row("eq(a, b)")?.Register(static (c, a) => Compare(c, a, "simd.eq", SimdComparison.Equal), Restartable);
        rows.Row("select(mask, a, b)")?.Register(Select, Restartable);
        rows.Row("sum(a)")?.Register(Sum, Restartable);
        rows.Row("dot(a, b)")?.Register(Dot, Restartable);


        WritingRows(rows);
    }

    /// <summary>The list that an operation writes: its elements are in one array, so it can't be a list of the host.</summary>
    private static ListObject Target(in Value value, string proc, string parameter) =>
        value.Ref as ListObject ?? throw Argument.Wrong(value, proc, parameter, "a list");

    private static void WritingRows(RowReader rows)
    {
        rows.Row("addTo(target, a, b)")?.Register(static (c, a) => OperateTo(c, a, "simd.addTo", SimdOperation.Add), WritesFirstArgument);
        rows.Row("subTo(target, a, b)")?.Register(static (c, a) => OperateTo(c, a, "simd.subTo", SimdOperation.Sub), WritesFirstArgument);
        rows.Row("mulTo(target, a, b)")?.Register(static (c, a) => OperateTo(c, a, "simd.mulTo", SimdOperation.Mul), WritesFirstArgument);
        rows.Row("divTo(target, a, b)")?.Register(static (c, a) => OperateTo(c, a, "simd.divTo", SimdOperation.Div), WritesFirstArgument);
        rows.Row("minTo(target, a, b)")?.Register(static (c, a) => OperateTo(c, a, "simd.minTo", SimdOperation.Min), WritesFirstArgument);
        rows.Row("maxTo(target, a, b)")?.Register(static (c, a) => OperateTo(c, a, "simd.maxTo", SimdOperation.Max), WritesFirstArgument);
        rows.Row("ltTo(target, a, b)")?.Register(static (c, a) => CompareTo(c, a, "simd.ltTo", SimdComparison.Less), WritesFirstArgument);
        rows.Row("leTo(target, a, b)")?.Register(
            static (c, a) => CompareTo(c, a, "simd.leTo", SimdComparison.LessOrEqual), WritesFirstArgument);
        rows.Row("eqTo(target, a, b)")?.Register(static (c, a) => CompareTo(c, a, "simd.eqTo", SimdComparison.Equal), WritesFirstArgument);
        rows.Row("selectTo(target, mask, a, b)")?.Register(SelectTo, WritesFirstArgument);

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

    private static Value OperateTo(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, SimdOperation operation)
    {
        ListObject target = Target(arguments[0], proc, "target");
        Pair(context, arguments, proc, 1, out ListObject a, out ListObject b);
        SimdElements.OperateTo(context, target, a, b, operation);
        return Value.Nil;
    }

    private static Value CompareTo(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, SimdComparison comparison)
    {
        ListObject target = Target(arguments[0], proc, "target");
        Pair(context, arguments, proc, 1, out ListObject a, out ListObject b);
        SimdElements.CompareTo(context, target, a, b, comparison);
        return Value.Nil;
    }

    private static Value Select(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject mask = Mask(context, arguments, "simd.select", 0, out ListObject a, out ListObject b);
        return Value.FromObject(SimdElements.Select(context, "simd.select", mask, a, b));
    }

    private static Value SelectTo(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject target = Target(arguments[0], "simd.selectTo", "target");
        ListObject mask = Mask(context, arguments, "simd.selectTo", 1, out ListObject a, out ListObject b);
        SimdElements.SelectTo(context, target, mask, a, b);
        return Value.Nil;
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

    private static ListObject Mask(
        ScriptContext context, ReadOnlySpan<Value> arguments, string proc, int first, out ListObject a, out ListObject b)
    {
        ListObject mask = Sequence.AsList(context, arguments[first]);
        Pair(context, arguments, proc, first + 1, out a, out b);
        CheckLengths(proc, mask, a);
        return mask;
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
            Pieces.Look(context, i);
            if (!list.Get(i).IsNumber)
            {
                throw Throw.TypeError($"{proc}: element {i} of '{parameter}' must be a number, not {Throw.TypeName(list.Get(i))}");
            }
        }

        return list;
    }
}
