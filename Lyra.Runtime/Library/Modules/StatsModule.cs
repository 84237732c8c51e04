using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>stats</c>: statistics of the numbers of any iterable. <c>mean</c> and <c>median</c> of decimals are decimals; all other
/// results are floats. Deviation and variance are those of a sample (they divide by n - 1).
/// </summary>
internal static class StatsModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("mean(xs)")?.Register(Mean, CallsBack | Restartable);
        rows.Row("median(xs)")?.Register(Median, CallsBack | Restartable);
        rows.Row("stdev(xs)")?.Register(
            static (c, a) => Value.FromFloat(Math.Sqrt(VarianceOf(c, a[0], "stats.stdev"))), CallsBack | Restartable);
        rows.Row("variance(xs)")?.Register(
            static (c, a) => Value.FromFloat(VarianceOf(c, a[0], "stats.variance")), CallsBack | Restartable);
        rows.Row("percentile(xs, p)")?.Register(Percentile, CallsBack | Restartable);
        rows.Row("histogram(xs, bins)")?.Register(Histogram, CallsBack | Restartable);
    }

    private static Value Mean(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject numbers = NumbersOf(context, arguments[0], "stats.mean", least: 1);
        context.Protect(numbers);
        Value sum = Sums.Of(context, Value.FromObject(numbers));
        context.Unprotect();
        return Divided(context, sum, numbers.Count);
    }

    private static Value Divided(ScriptContext context, in Value sum, int count) => sum.IsNumber
        ? Value.FromFloat((sum.IsFloat ? sum.AsFloat : Conversion.IntToFloat(sum)) / count)
        : Arithmetic.Div(context, sum, Value.FromInt(count));

    /// <summary>The number in the middle; of an even count, the mean of the two.</summary>
    private static Value Median(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject sorted = NumbersOf(context, arguments[0], "stats.median", least: 1);
        context.Protect(sorted);
        Sorting.Sort(context, sorted);
        context.Unprotect();
        int middle = sorted.Count / 2;
        return sorted.Count % 2 == 1
            ? sorted.Get(middle)
            : Divided(context, Arithmetic.Add(context, sorted.Get(middle - 1), sorted.Get(middle)), 2);
    }

    /// <summary>The mean square of the deviations from the mean, in two passes.</summary>
    private static double VarianceOf(ScriptContext context, in Value xs, string proc)
    {
        double[] numbers = FloatsOf(context, xs, proc, least: 2);
        double mean = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            mean += numbers[i];
            Pieces.Look(context, i);
        }

        mean /= numbers.Length;
        double sum = 0;
        double rest = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            double deviation = numbers[i] - mean;
            sum += deviation * deviation;
            rest += deviation;
            Pieces.Look(context, i);
        }

        return (sum - (rest * rest / numbers.Length)) / (numbers.Length - 1);
    }

    /// <summary>The number below which p percent of the numbers lie, between its neighbors by linear interpolation.</summary>
    private static Value Percentile(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        double percent = Argument.Number(arguments[1], "stats.percentile", "p");
        if (percent is not (>= 0 and <= 100))
        {
            throw Throw.ValueError("stats.percentile: 'p' must be from 0 to 100");
        }

        ListObject sorted = NumbersOf(context, arguments[0], "stats.percentile", least: 1);
        context.Protect(sorted);
        Sorting.Sort(context, sorted);
        context.Unprotect();
        double position = percent / 100 * (sorted.Count - 1);
        int below = (int)position;
        double low = Argument.Number(sorted.Get(below), "stats.percentile", "xs");
        double high = Argument.Number(sorted.Get(Math.Min(below + 1, sorted.Count - 1)), "stats.percentile", "xs");
        return Value.FromFloat(low + ((high - low) * (position - below)));
    }

    /// <summary>
    /// A tuple of the counts in so many bins of equal width, and of the edges of the bins, as of NumPy's <c>histogram</c>. A bin contains
    /// its lower edge; the last one contains both.
    /// </summary>
    private static Value Histogram(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        long bins = Argument.Integer(arguments[1], "stats.histogram", "bins");
        if (bins is < 1 or > int.MaxValue)
        {
            throw Throw.ValueError($"stats.histogram: 'bins' must be from 1 to {int.MaxValue}, but is {bins}");
        }

        double[] numbers = FloatsOf(context, arguments[0], "stats.histogram", least: 1);
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = 0; i < numbers.Length; i++)
        {
            low = Math.Min(low, numbers[i]);
            high = Math.Max(high, numbers[i]);
            Pieces.Look(context, i);
        }

        if (!double.IsFinite(high - low))
        {
            throw Throw.ValueError("stats.histogram: the numbers must be finite, and so must be their distance");
        }

        (low, high) = low == high ? (low - 0.5, high + 0.5) : (low, high);
        return Counted(context, numbers, low, high, (int)bins);
    }

    private static Value Counted(ScriptContext context, double[] numbers, double low, double high, int bins)
    {
        context.Charge(bins >> 2);
        long[] counts = new long[Make.ListLength(context, ListStrategy.Ints, bins, "stats.histogram")];
        double[] edges = new double[Make.ListLength(context, ListStrategy.Floats, bins + 1L, "stats.histogram")];
        for (int i = 0; i < numbers.Length; i++)
        {
            counts[Math.Clamp((int)((numbers[i] - low) / (high - low) * bins), 0, bins - 1)]++;
            Pieces.Look(context, i);
        }

        for (int i = 0; i < edges.Length; i++)
        {
            edges[i] = i == bins ? high : low + ((high - low) * i / bins);
            Pieces.Look(context, i);
        }

        return Make.Pair(
            context, Value.FromObject(ListObject.OfInts(counts, bins)), Value.FromObject(ListObject.OfFloats(edges, edges.Length)));
    }

    /// <summary>A new list of the numbers of an iterable.</summary>
    private static ListObject NumbersOf(ScriptContext context, in Value xs, string proc, int least)
    {
        ListObject numbers = Sequence.ToList(context, xs);
        context.Charge(numbers.Count >> 2);
        for (int i = 0; i < numbers.Count; i++)
        {
            Value number = numbers.Get(i);
            if (!number.IsNumber && number.Ref is not HostObject<decimal>)
            {
                throw Throw.TypeError($"{proc}: 'xs' must contain numbers only, not {Throw.TypeName(number)}");
            }

            Pieces.Look(context, i);
        }

        return numbers.Count >= least
            ? numbers
            : throw Throw.ValueError($"{proc}: 'xs' must contain at least {(least == 1 ? "one number" : "two numbers")}");
    }

    private static double[] FloatsOf(ScriptContext context, in Value xs, string proc, int least)
    {
        ListObject numbers = NumbersOf(context, xs, proc, least);
        context.ChargeMemory(8L * numbers.Count);
        context.Charge(numbers.Count >> 1);
        double[] floats = Pieces.NewArray<double>(numbers.Count);
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = Argument.Number(numbers.Get(i), proc, "xs");
            Pieces.Look(context, i);
        }

        return floats;
    }
}
