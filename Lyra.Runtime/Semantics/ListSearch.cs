using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Searches a list for elements equal to a value, for <c>in</c> and the library: by a vectorized search if the elements are unboxed,
/// otherwise by <c>==</c> on each.
/// </summary>
internal static class ListSearch
{
    /// <summary>
    /// The index of the first element, at or after <paramref name="start"/>, that equals the value; -1 when there is none.
    /// </summary>
    /// <exception cref="ScriptErrorException">ConcurrentModification when an <c>__eq</c> hook changes the list's size.</exception>
    public static int IndexOf(ScriptContext context, ListObject list, in Value value, int start)
    {
        int count = list.Count;
        if (start >= count)
        {
            return -1;
        }

        int found;
        switch (list.Strategy)
        {
            case ListStrategy.Ints when value.Ref is not (StructObject or HostObject):
                context.Charge((count - start) >> 4);
                found = TryWhole(value, out long whole) ? Pieces.IndexOf(context, list.Ints.AsSpan(start, count - start), whole) : -1;
                return found < 0 ? -1 : found + start;
            case ListStrategy.Bools when value.Ref is not (StructObject or HostObject):
                context.Charge((count - start) >> 4);
                found = value.IsBool ? Pieces.IndexOf(context, list.Bools.AsSpan(start, count - start), value.AsBool) : -1;
                return found < 0 ? -1 : found + start;
            case ListStrategy.Floats when IsSmallNumber(value):
                context.Charge((count - start) >> 4);
                found = TryFloat(value, out double number)
                    ? FloatSearch.IndexOf(context, list.Floats.AsSpan(start, count - start), number)
                    : -1;
                return found < 0 ? -1 : found + start;
            default:
                return IndexOfValue(context, list, value, start);
        }
    }

    /// <summary>The number of elements that equal the value.</summary>
    public static int Count(ScriptContext context, ListObject list, in Value value)
    {
        int found = 0;
        if (list.Strategy is ListStrategy.Ints && value.Ref is not (StructObject or HostObject))
        {
            context.Charge(list.Count >> 4);
            return TryWhole(value, out long whole) ? Pieces.Count(context, list.Ints.AsSpan(0, list.Count), whole) : 0;
        }

        if (list.Strategy is ListStrategy.Bools && value.Ref is not (StructObject or HostObject))
        {
            context.Charge(list.Count >> 4);
            return value.IsBool ? Pieces.Count(context, list.Bools.AsSpan(0, list.Count), value.AsBool) : 0;
        }

        if (list.Strategy is ListStrategy.Floats && IsSmallNumber(value))
        {
            context.Charge(list.Count >> 4);
            return TryFloat(value, out double number) ? FloatSearch.Count(context, list.Floats.AsSpan(0, list.Count), number) : 0;
        }

        for (int i = IndexOf(context, list, value, 0); i >= 0; i = IndexOf(context, list, value, i + 1))
        {
            found++;
        }

        return found;
    }

    private static int IndexOfValue(ScriptContext context, ListObject list, in Value value, int start)
    {
        int count = list.Count;
        ScriptString? text = value.Ref as ScriptString;
        for (int i = start; i < count; i++)
        {
            context.Charge(1);
            Value item = list.Get(i);
            bool isEqual = text is not null && item.Ref is ScriptString other
                ? Equality.AreEqualTexts(context, other, text)
                : Equality.AreEqual(context, item, value);
            if (list.Count != count)
            {
                throw Throw.ConcurrentModification("list");
            }

            if (isEqual)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsSmallNumber(in Value value) => value.IsFloat || value.IsInt;

    /// <summary>Finds the float that equals a float or a 64-bit int; false when there is none.</summary>
    private static bool TryFloat(in Value value, out double number)
    {
        number = value.IsFloat ? value.AsFloat : value.AsInt;
        return value.IsFloat || Equality.AreEqual(value.AsInt, number);
    }

    /// <summary>Finds the 64-bit int that equals a number, because <c>1 == 1.0</c>; false when there is none.</summary>
    private static bool TryWhole(in Value value, out long whole)
    {
        whole = value.Bits;
        if (value.IsInt)
        {
            return true;
        }

        if (!value.IsFloat || !double.IsInteger(value.AsFloat) || Math.Abs(value.AsFloat) > 9.3e18)
        {
            return false;
        }

        BigInteger exact = new(value.AsFloat);
        if (exact < long.MinValue || exact > long.MaxValue)
        {
            return false;
        }

        whole = (long)exact;
        return true;
    }
}
