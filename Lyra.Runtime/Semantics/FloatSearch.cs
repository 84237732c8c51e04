using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Searches and compares unboxed floats by vectors, with the equality of <c>==</c>: a NaN equals nothing, and 0.0 equals -0.0. That is not
/// the equality of their bits, by which .NET searches other numbers.
/// </summary>
internal static class FloatSearch
{

    /// <summary>The index of the first item that equals the value; -1 when there is none.</summary>
    public static int IndexOf(ScriptContext context, ReadOnlySpan<double> items, double value)
    {
        int start = 0;
        for (int piece = Pieces.Length<double>(); items.Length - start > piece; start += piece)
        {
            int found = IndexOf(items.Slice(start, piece), value);
            if (found >= 0)
            {
                return start + found;
            }

            context.CheckClock();
        }

        int last = IndexOf(items[start..], value);
        return last < 0 ? -1 : start + last;
    }

    /// <summary>The number of items that equal the value.</summary>
    public static int Count(ScriptContext context, ReadOnlySpan<double> items, double value)
    {
        int count = 0;
        for (int piece = Pieces.Length<double>(); items.Length > piece; items = items[piece..])
        {
            count += Count(items[..piece], value);
            context.CheckClock();
        }

        return count + Count(items, value);
    }

    /// <summary>Whether two rows of floats have the same length, and equal items in the same order.</summary>
    public static bool AreEqual(ScriptContext context, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int piece = Pieces.Length<double>(); a.Length > piece; a = a[piece..], b = b[piece..])
        {
            if (!AreEqual(a[..piece], b[..piece]))
            {
                return false;
            }

            context.CheckClock();
        }

        return AreEqual(a, b);
    }

    /// <summary>The index of the first item that equals the value; -1 when there is none. It does not look at limits.</summary>
    public static int IndexOf(ReadOnlySpan<double> items, double value)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<double> wanted = Vector256.Create(value);
            foreach (Vector256<double> lane in MemoryMarshal.Cast<double, Vector256<double>>(items))
            {
                uint equal = Vector256.Equals(lane, wanted).ExtractMostSignificantBits();
                if (equal != 0)
                {
                    return i + BitOperations.TrailingZeroCount(equal);
                }

                i += Vector256<double>.Count;
            }
        }

        for (; i < items.Length; i++)
        {
            if (items[i] == value)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Count(ReadOnlySpan<double> items, double value)
    {
        int i = 0;
        int count = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<double> wanted = Vector256.Create(value);
            Vector256<long> counts = Vector256<long>.Zero;
            foreach (Vector256<double> lane in MemoryMarshal.Cast<double, Vector256<double>>(items))
            {
                // Lanes that are equal have all bits set, which is -1.
                counts -= Vector256.Equals(lane, wanted).AsInt64();
                i += Vector256<double>.Count;
            }

            count = (int)Vector256.Sum(counts);
        }

        for (; i < items.Length; i++)
        {
            count += items[i] == value ? 1 : 0;
        }

        return count;
    }

    private static bool AreEqual(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ReadOnlySpan<Vector256<double>> right = MemoryMarshal.Cast<double, Vector256<double>>(b);
            foreach (Vector256<double> lane in MemoryMarshal.Cast<double, Vector256<double>>(a))
            {
                if (!Vector256.EqualsAll(lane, right[i / Vector256<double>.Count]))
                {
                    return false;
                }

                i += Vector256<double>.Count;
            }
        }

        for (; i < a.Length; i++)
        {
            if (a[i] != b[i])
            {
                return false;
            }
        }

        return true;
    }
}
