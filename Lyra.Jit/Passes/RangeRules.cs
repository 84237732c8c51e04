using System;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Passes;

/// <summary>Interval arithmetic: the rules of <see cref="RangeWalk"/> for each operation.</summary>
internal static class RangeRules
{
    /// <summary>The interval of an int operation's result.</summary>
    public static Interval Result(IrNode node, Func<IrNode, Interval> of) => node.Row.Range switch
    {
        IrRange.Any => Interval.All,
        IrRange.Sum => Sum(node, of(node.Inputs[0]), of(node.Inputs[1])),
        IrRange.Difference => Difference(node, of(node.Inputs[0]), of(node.Inputs[1])),
        IrRange.Product => Product(node, of(node.Inputs[0]), of(node.Inputs[1])),
        IrRange.Negation => of(node.Inputs[0]).Negate() ?? Interval.All,
        IrRange.Quotient => Quotient(of(node.Inputs[0]), of(node.Inputs[1])),
        IrRange.Remainder => Remainder(of(node.Inputs[0]), of(node.Inputs[1])),
        IrRange.And => And(of(node.Inputs[0]), of(node.Inputs[1])),
        IrRange.Or => Or(of(node.Inputs[0]), of(node.Inputs[1])),
        IrRange.ShiftRight => ShiftRight(of(node.Inputs[0]), of(node.Inputs[1])),
        IrRange.Length or IrRange.Position => new Interval(0, int.MaxValue),
        IrRange.Count => new Interval(0, long.MaxValue),
        IrRange.Unit => new Interval(0, char.MaxValue),
        IrRange.Helper => OfCall((RegionHelper)node.Payload!, node, of),
        IrRange.Host => HostCall.IntervalOf(((HostCall)node.Payload!).ReturnType),
    };

    /// <summary>The operation without its check, when the check cannot fail; null otherwise.</summary>
    public static IrOp? Unchecked(IrNode node, Func<IrNode, Interval> of)
    {
        if (node.Family != IrFamily.IntMath || !node.MayExit)
        {
            return null;
        }

        bool fits = node.Op switch
        {
            IrOp.AddIntChecked => of(node.Inputs[0]).Add(of(node.Inputs[1])) is not null,
            IrOp.SubIntChecked => of(node.Inputs[0]).Subtract(of(node.Inputs[1])) is not null,
            IrOp.MulIntChecked => of(node.Inputs[0]).Multiply(of(node.Inputs[1])) is not null,
            IrOp.NegIntChecked => of(node.Inputs[0]).Negate() is not null,
            IrOp.ShlIntChecked => FitsShifted(of(node.Inputs[0]), of(node.Inputs[1])),
            _ => throw new InvalidOperationException($"No rule says when {node.Op} fits."),
        };
        return fits ? node.Row.Unchecked : null;
    }

    /// <summary>Whether a guard cannot fail.</summary>
    /// <param name="node">The guard.</param>
    /// <param name="of">Intervals.</param>
    /// <param name="isLess">Whether the first input is known to be less than the second.</param>
    public static bool IsNeedless(IrNode node, Func<IrNode, Interval> of, bool isLess)
    {
        if (node.Family != IrFamily.Guard)
        {
            return false;
        }

        switch (node.Op)
        {
            case IrOp.GuardIndex:
                Interval index = of(node.Inputs[0]);
                return index.Min >= 0 && (isLess || index.Max < of(node.Inputs[1]).Min);
            case IrOp.GuardDivisor:
                Interval divisor = of(node.Inputs[1]);
                return divisor.Min > 0 || divisor.Max < -1 || (divisor.Max < 0 && of(node.Inputs[0]).Min > long.MinValue);
            case IrOp.GuardShift:
                Interval count = of(node.Inputs[0]);
                return count.Min >= 0 && count.Max <= 63;
            case IrOp.GuardSmall:
                return Interval.Small.Union(of(node.Inputs[0])) == Interval.Small;
            case IrOp.Guard or IrOp.GuardNot or IrOp.GuardSpeculation:
                return false;
            default:
                throw new InvalidOperationException($"No rule says when {node.Op} can't fail.");
        }
    }

    /// <summary>The facts that make the check of an operation cheaper.</summary>
    public static OperandBounds Bounds(IrNode node, Func<IrNode, Interval> of)
    {
        if (!node.TakesBounds)
        {
            return OperandBounds.None;
        }

        Interval x = of(node.Inputs[0]);
        Interval y = of(node.Inputs[1]);
        if (node.Op == IrOp.MulIntChecked)
        {
            return (IsShort(x) ? OperandBounds.FirstIsShort : OperandBounds.None)
                | (IsShort(y) ? OperandBounds.SecondIsShort : OperandBounds.None);
        }

        return (x.Min >= 0 ? OperandBounds.FirstIsNotNegative : x.Max < 0 ? OperandBounds.FirstIsNegative : OperandBounds.None)
            | (y.Min >= 0 ? OperandBounds.SecondIsNotNegative : y.Max < 0 ? OperandBounds.SecondIsNegative : OperandBounds.None);
    }

    private static bool IsShort(Interval x) => x.Min >= int.MinValue && x.Max <= int.MaxValue;

    /// <summary>The result that a comparison always has; null when there is none.</summary>
    public static bool? Truth(IrNode node, Func<IrNode, Interval> of)
    {
        if (!node.Has(IrTraits.ComparesInts))
        {
            return null;
        }

        Interval x = of(node.Inputs[0]);
        Interval y = of(node.Inputs[1]);
        return node.Op switch
        {
            IrOp.LtInt => x.Max < y.Min ? true : x.Min >= y.Max ? false : null,
            IrOp.LeInt => x.Max <= y.Min ? true : x.Min > y.Max ? false : null,
            IrOp.EqInt => x.Max < y.Min || y.Max < x.Min ? false : x.IsSingle && x == y ? true : null,
            _ => throw new InvalidOperationException($"No rule says when {node.Op} is true."),
        };
    }

    private static Interval OfCall(RegionHelper helper, IrNode node, Func<IrNode, Interval> of)
    {
        bool isLesser = ReferenceEquals(helper, RegionHelpers.LesserOfInts);
        if (!isLesser && !ReferenceEquals(helper, RegionHelpers.GreaterOfInts))
        {
            return helper.Range;
        }

        Interval x = of(node.Inputs[0]);
        Interval y = of(node.Inputs[1]);
        return isLesser
            ? new(Math.Min(x.Min, y.Min), Math.Min(x.Max, y.Max))
            : new(Math.Max(x.Min, y.Min), Math.Max(x.Max, y.Max));
    }

    private static Interval Sum(IrNode node, Interval x, Interval y) =>
        x.Add(y) ?? Clamped(node, ExactInt.AddSaturated(x.Min, y.Min), ExactInt.AddSaturated(x.Max, y.Max));

    private static Interval Difference(IrNode node, Interval x, Interval y) =>
        x.Subtract(y) ?? Clamped(node, ExactInt.SubtractSaturated(x.Min, y.Max), ExactInt.SubtractSaturated(x.Max, y.Min));

    /// <summary>
    /// Where the bounds exceed 64 bits: the result of a checked operation still lies within 64 bits; one modulo 2^64 may be any int.
    /// </summary>
    private static Interval Clamped(IrNode node, long min, long max) => node.MayExit ? new Interval(min, max) : Interval.All;

    /// <summary>As <see cref="Clamped"/>: factors of known signs tell the sign of the product.</summary>
    private static Interval Product(IrNode node, Interval x, Interval y)
    {
        if (x.Multiply(y) is { } product)
        {
            return product;
        }

        bool isNeverNegative = (x.Min >= 0 && y.Min >= 0) || (x.Max <= 0 && y.Max <= 0);
        return node.MayExit && isNeverNegative ? new Interval(0, long.MaxValue) : Interval.All;
    }

    private static Interval Quotient(Interval x, Interval y)
    {
        if (y.Min <= 0)
        {
            return Interval.All;
        }

        return new Interval(x.Min >= 0 ? x.Min / y.Max : x.Min / y.Min, x.Max >= 0 ? x.Max / y.Min : x.Max / y.Max);
    }

    private static Interval Remainder(Interval x, Interval y)
    {
        if (y.Min == long.MinValue)
        {
            return x.Min >= 0 ? new Interval(0, x.Max) : Interval.All;
        }

        long largest = Math.Max(Math.Abs(y.Min), y.Max == long.MinValue ? long.MaxValue : Math.Abs(y.Max)) - 1;
        return new Interval(x.Min >= 0 ? 0 : -largest, x.Max <= 0 ? 0 : Math.Min(largest, x.Min >= 0 ? x.Max : largest));
    }

    private static Interval And(Interval x, Interval y)
    {
        if (x.Min >= 0 && y.Min >= 0)
        {
            return new Interval(0, Math.Min(x.Max, y.Max));
        }

        return x.Min >= 0 ? new Interval(0, x.Max) : y.Min >= 0 ? new Interval(0, y.Max) : Interval.All;
    }

    private static Interval Or(Interval x, Interval y)
    {
        if (x.Min < 0 || y.Min < 0)
        {
            return Interval.All;
        }

        long bits = Math.Max(x.Max, y.Max);
        return new Interval(0, bits == 0 ? 0 : long.MaxValue >> (System.Numerics.BitOperations.LeadingZeroCount((ulong)bits) - 1));
    }

    private static Interval ShiftRight(Interval x, Interval count)
    {
        if (count.Min < 0 || count.Max > 63)
        {
            return Interval.All;
        }

        return new Interval(
            x.Min >= 0 ? x.Min >> (int)count.Max : x.Min >> (int)count.Min,
            x.Max >= 0 ? x.Max >> (int)count.Min : x.Max >> (int)count.Max);
    }

    private static bool FitsShifted(Interval x, Interval count) =>
        count.Min >= 0 && count.Max <= 62 && x.Multiply(new Interval(1, 1L << (int)count.Max)) is not null;
}
