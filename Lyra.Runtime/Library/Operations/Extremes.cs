using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>
/// <c>min</c> and <c>max</c> of several values, or of the elements of one sequence. Among equal values, the first is the result.
/// </summary>
internal static class Extremes
{
    public static Value Find(ScriptContext context, ReadOnlySpan<Value> arguments, bool isMax)
    {
        if (arguments.Length == 0)
        {
            throw Throw.ArgumentError($"{Name(isMax)}: pass a sequence or several values");
        }

        if (arguments.Length > 1)
        {
            return OfSeveral(context, arguments, isMax);
        }

        return arguments[0].Ref switch
        {
            ListObject { Strategy: ListStrategy.Ints, Count: > 0 } list => OfInts(context, list, isMax),
            ListObject { Strategy: ListStrategy.Floats, Count: > 0 } list => OfFloats(context, list, isMax),
            _ => OfSequence(context, arguments[0], isMax),
        };
    }

    private static string Name(bool isMax) => isMax ? "max" : "min";

    private static bool IsBetter(ScriptContext context, in Value candidate, in Value best, bool isMax) =>
        isMax ? Comparison.Less(context, best, candidate) : Comparison.Less(context, candidate, best);

    private static Value OfSeveral(ScriptContext context, ReadOnlySpan<Value> values, bool isMax)
    {
        Value best = values[0];
        foreach (ref readonly Value candidate in values[1..])
        {
            if (IsBetter(context, candidate, best, isMax))
            {
                best = candidate;
            }
        }

        return best;
    }

    private static Value OfSequence(ScriptContext context, in Value values, bool isMax)
    {
        using SequenceReader reader = Iteration.Read(context, values);
        if (!reader.MoveNext(out Value best))
        {
            throw Throw.ValueError($"{Name(isMax)}: the sequence is empty");
        }

        while (reader.MoveNext(out Value candidate))
        {
            if (IsBetter(context, candidate, best, isMax))
            {
                best = candidate;
            }
        }

        return best;
    }

    private static Value OfInts(ScriptContext context, ListObject list, bool isMax)
    {
        context.Charge(list.Count >> 3);
        ReadOnlySpan<long> items = list.Ints.AsSpan(0, list.Count);
        long best = items[0];
        for (int piece = Pieces.Length<long>(); items.Length > piece; items = items[piece..])
        {
            best = Best(best, items[..piece], isMax);
            context.CheckClock();
        }

        return Value.FromInt(Best(best, items, isMax));
    }

    [MethodImpl(ElementLoops.Optimized)]
    private static long Best(long best, ReadOnlySpan<long> items, bool isMax)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated && items.Length >= 2 * Vector256<long>.Count)
        {
            Vector256<long> bests = Vector256.Create(best);
            foreach (Vector256<long> lane in MemoryMarshal.Cast<long, Vector256<long>>(items))
            {
                bests = isMax ? Vector256.Max(bests, lane) : Vector256.Min(bests, lane);
                i += Vector256<long>.Count;
            }

            for (int lane = 0; lane < Vector256<long>.Count; lane++)
            {
                best = isMax ? Math.Max(best, bests[lane]) : Math.Min(best, bests[lane]);
            }
        }

        for (; i < items.Length; i++)
        {
            best = isMax ? Math.Max(best, items[i]) : Math.Min(best, items[i]);
        }

        return best;
    }

    /// <summary>
    /// Compares as <c>&lt;</c> does: a NaN never replaces the best value so far, and a NaN in first place is never replaced. Of 0.0 and
    /// -0.0, which are equal, the first is the result.
    /// </summary>
    private static Value OfFloats(ScriptContext context, ListObject list, bool isMax)
    {
        context.Charge(list.Count >> 3);
        ReadOnlySpan<double> items = list.Floats.AsSpan(0, list.Count);
        double best = items[0];
        for (int piece = Pieces.Length<double>(); items.Length > piece; items = items[piece..])
        {
            best = Best(best, items[..piece], isMax);
            context.CheckClock();
        }

        return Value.FromFloat(Best(best, items, isMax));
    }

    [MethodImpl(ElementLoops.Optimized)]
    private static double Best(double first, ReadOnlySpan<double> items, bool isMax)
    {
        double best = first;
        int i = 0;
        if (Vector256.IsHardwareAccelerated && items.Length >= 2 * Vector256<double>.Count)
        {
            Vector256<double> bests = Vector256.Create(best);
            foreach (Vector256<double> lane in MemoryMarshal.Cast<double, Vector256<double>>(items))
            {
                Vector256<double> isBetter = isMax ? Vector256.LessThan(bests, lane) : Vector256.LessThan(lane, bests);
                bests = Vector256.ConditionalSelect(isBetter, lane, bests);
                i += Vector256<double>.Count;
            }

            for (int lane = 0; lane < Vector256<double>.Count; lane++)
            {
                best = Better(best, bests[lane], isMax);
            }
        }

        for (; i < items.Length; i++)
        {
            best = Better(best, items[i], isMax);
        }

        return best != 0 ? best : first == 0 ? first : items[FloatSearch.IndexOf(items, 0)];
    }

    private static double Better(double best, double item, bool isMax) => (isMax ? best < item : item < best) ? item : best;
}
