using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// The semantics of <c>&lt;</c> and <c>&lt;=</c>; <c>&gt;</c> and <c>&gt;=</c> are these with the operands swapped. Numbers compare by
/// exact mathematical value, strs ordinally, lists and tuples by their first unequal elements, structs by their hooks.
/// </summary>
internal static class Comparison
{
    /// <summary>The result of <see cref="CompareNumbers"/> when an operand is NaN.</summary>
    public const int Unordered = 2;

    /// <summary><c>a &lt; b</c>.</summary>
    /// <exception cref="ScriptErrorException">TypeError for values without order; StackOverflow for values nested too deep; a hook's
    /// error.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Less(ScriptContext context, in Value a, in Value b) =>
        a.IsInt && b.IsInt ? a.AsInt < b.AsInt
        : a.IsFloat && b.IsFloat ? a.AsFloat < b.AsFloat
        : LessSlow(context, a, b);

    /// <summary><c>a &lt;= b</c>.</summary>
    /// <exception cref="ScriptErrorException">TypeError for values without order; StackOverflow for values nested too deep; a hook's
    /// error.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessOrEqual(ScriptContext context, in Value a, in Value b) =>
        a.IsInt && b.IsInt ? a.AsInt <= b.AsInt
        : a.IsFloat && b.IsFloat ? a.AsFloat <= b.AsFloat
        : LessOrEqualSlow(context, a, b);

    /// <summary>-1, 0 or 1 by exact mathematical value, <see cref="Unordered"/> when one is NaN. Only for numbers.</summary>
    public static int CompareNumbers(in Value a, in Value b)
    {
        if (a.IsFloat)
        {
            double number = a.AsFloat;
            if (!b.IsFloat)
            {
                int swapped = CompareNumbers(b, a);
                return swapped == Unordered ? swapped : -swapped;
            }

            return number < b.AsFloat ? -1 : number > b.AsFloat ? 1 : number == b.AsFloat ? 0 : Unordered;
        }

        if (b.IsFloat)
        {
            return double.IsNaN(b.AsFloat) ? Unordered : CompareToFloat(a, b.AsFloat);
        }

        return a.IsInt && b.IsInt ? a.AsInt.CompareTo(b.AsInt) : a.AsBig.CompareTo(b.AsBig);
    }

    /// <summary>
    /// Compares two tuples that differ first in two ints or two floats, or not at all; false for others. It charges nothing:
    /// <paramref name="compared"/> is the number of steps, one for each pair of elements that was compared.
    /// </summary>
    /// <param name="a">The first tuple.</param>
    /// <param name="b">The second tuple.</param>
    /// <param name="order">-1, 0 or 1, or <see cref="Unordered"/>.</param>
    /// <param name="compared">The pairs of elements that were compared.</param>
    public static bool TryCompareTuples(TupleObject a, TupleObject b, out int order, out int compared)
    {
        ReadOnlySpan<Value> left = a.Items;
        ReadOnlySpan<Value> right = b.Items;
        int common = Math.Min(left.Length, right.Length);
        for (compared = 0; compared < common;)
        {
            ref readonly Value x = ref left[compared];
            ref readonly Value y = ref right[compared++];
            if (x.IsInt && y.IsInt)
            {
                order = x.AsInt.CompareTo(y.AsInt);
            }
            else if (x.IsFloat && y.IsFloat)
            {
                order = CompareNumbers(x, y);
            }
            else
            {
                order = 0;
                return false;
            }

            if (order != 0)
            {
                return true;
            }
        }

        order = left.Length.CompareTo(right.Length);
        return true;
    }

    /// <summary>
    /// Compares an int with a float that is not NaN. The integral part of the float is compared as an int, so that nothing is rounded.
    /// </summary>
    private static int CompareToFloat(in Value a, double b)
    {
        if (double.IsInfinity(b))
        {
            return b > 0 ? -1 : 1;
        }

        double whole = Math.Truncate(b);
        int order = a.IsInt && whole >= -9223372036854775808.0 && whole < 9223372036854775808.0
            ? a.AsInt.CompareTo((long)whole)
            : a.AsBig.CompareTo(new BigInteger(whole));
        return order != 0 ? order : whole.CompareTo(b);
    }

    /// <summary>
    /// Compares the order of two strs; false if the steps can't be charged, or compiled code can't compare such long ones.
    /// </summary>
    public static bool TryCompareTexts<TCharge>(ScriptContext context, ScriptString a, ScriptString b, out int order)
        where TCharge : struct, IStepCharge
    {
        if (a.TryCompareShort(b, out order))
        {
            return true;
        }

        int length = Math.Min(a.Length, b.Length);
        bool isCharged = (TCharge.Raises || length <= Pieces.Length<char>()) && TCharge.Take(context, length >> 6);
        order = isCharged ? Pieces.Compare(context, a.Span, b.Span) : 0;
        return isCharged;
    }

    private static int CompareTexts(ScriptContext context, ScriptString a, ScriptString b)
    {
        _ = TryCompareTexts<RaisingCharge>(context, a, b, out int order);
        return order;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool LessSlow(ScriptContext context, in Value a, in Value b)
    {
        if (TupleObject.From(a.Ref) is { } x && TupleObject.From(b.Ref) is { } y && TryCompareTuples(x, y, out int order, out int compared))
        {
            context.Charge(compared);
            return order == -1;
        }

        if (a.Ref is HostList || b.Ref is HostList)
        {
            return Less(context, HostCollection.CopyOf(context, a), HostCollection.CopyOf(context, b));
        }

        if (!AreSequences(a, b))
        {
            return LessLeaf(context, a, b);
        }

        return FindDifference(context, a, b, out Value left, out Value right, out int lengths)
            ? LessLeaf(context, left, right)
            : lengths < 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool LessOrEqualSlow(ScriptContext context, in Value a, in Value b)
    {
        if (TupleObject.From(a.Ref) is { } x && TupleObject.From(b.Ref) is { } y && TryCompareTuples(x, y, out int order, out int compared))
        {
            context.Charge(compared);
            return order <= 0;
        }

        if (a.Ref is HostList || b.Ref is HostList)
        {
            return LessOrEqual(context, HostCollection.CopyOf(context, a), HostCollection.CopyOf(context, b));
        }

        if (!AreSequences(a, b))
        {
            return LessOrEqualLeaf(context, a, b);
        }

        return FindDifference(context, a, b, out Value left, out Value right, out int lengths)
            ? LessOrEqualLeaf(context, left, right)
            : lengths <= 0;
    }

    private static bool LessLeaf(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsNumber && b.IsNumber)
        {
            Equality.ChargeComparison(context, a, b);
            return CompareNumbers(a, b) == -1;
        }

        if (a.Ref is ScriptString left && b.Ref is ScriptString right)
        {
            return CompareTexts(context, left, right) < 0;
        }

        return InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.Less, BinaryOperator.Less);
    }

    private static bool LessOrEqualLeaf(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsNumber && b.IsNumber)
        {
            Equality.ChargeComparison(context, a, b);
            return CompareNumbers(a, b) <= 0;
        }

        if (a.Ref is ScriptString left && b.Ref is ScriptString right)
        {
            return CompareTexts(context, left, right) <= 0;
        }

        return InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.LessOrEqual, BinaryOperator.LessEqual);
    }

    private static bool InvokeHook(ScriptContext context, in Value a, in Value b, Closure? hook, BinaryOperator @operator)
    {
        if (hook is null)
        {
            if (HostOperators.TryApply(context, @operator, a, b, out Value result))
            {
                return result.IsTruthy;
            }

            throw Throw.TypeError(
                $"{Throw.TypeName(a)} and {Throw.TypeName(b)} have no order: "
                + $"{OperatorInfo.Of(@operator).Text} compares two numbers, strs, lists or tuples"
                + UncalledMethod.HintFor(a, b));
        }

        Value argument = b;
        return context.InvokeMethod(hook, a, new ReadOnlySpan<Value>(in argument)).IsTruthy;
    }

    private static bool AreSequences(in Value a, in Value b) =>
        (a.Ref is ListObject && b.Ref is ListObject) || (TupleObject.From(a.Ref) is not null && TupleObject.From(b.Ref) is not null);

    private struct Level
    {
        public ScriptObject Left;
        public ScriptObject Right;
        public int Next;
    }

    /// <summary>
    /// Finds the first unequal elements, at any depth. False when one sequence is a prefix of the other; <paramref name="lengths"/> is then
    /// the order of their lengths. Uses an explicit stack, because a script may nest values to any depth.
    /// </summary>
    private static bool FindDifference(ScriptContext context, in Value a, in Value b, out Value left, out Value right, out int lengths)
    {
        LevelStack<Level> levels = new(context);
        try
        {
            return FindDifference(context, ref levels, a, b, out left, out right, out lengths);
        }
        finally
        {
            levels.End();
        }
    }

    private static bool FindDifference(
        ScriptContext context, ref LevelStack<Level> levels, in Value a, in Value b, out Value left, out Value right, out int lengths)
    {
        Level level = new() { Left = (ScriptObject)a.Ref!, Right = (ScriptObject)b.Ref! };
        while (true)
        {
            int count = CountOf(level.Left);
            int otherCount = CountOf(level.Right);
            if (level.Next >= count || level.Next >= otherCount)
            {
                left = default;
                right = default;
                lengths = count.CompareTo(otherCount);
                if (lengths != 0 || !levels.TryPop(out level))
                {
                    return false;
                }

                continue;
            }

            context.Charge(1);
            left = HostCollection.CopyOf(context, ItemOf(level.Left, level.Next));
            right = HostCollection.CopyOf(context, ItemOf(level.Right, level.Next++));
            if (AreSequences(left, right))
            {
                levels.Push(level);
                if (levels.Count >= context.MaxFrames)
                {
                    throw Throw.StackOverflow(context.MaxFrames);
                }

                level = new Level { Left = (ScriptObject)left.Ref!, Right = (ScriptObject)right.Ref! };
            }
            else if (!Equality.AreEqual(context, left, right))
            {
                lengths = 0;
                return true;
            }
        }
    }

    private static int CountOf(ScriptObject sequence) => sequence is ListObject list ? list.Count : ((TupleObject)sequence).Count;

    private static Value ItemOf(ScriptObject sequence, int index) =>
        sequence is ListObject list ? list.Get(index) : ((TupleObject)sequence).Items[index];
}
