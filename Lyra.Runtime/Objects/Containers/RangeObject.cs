using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A range of ints: start, start + step, … before stop, or up to and including it. Immutable. Bounds beyond 64 bits are kept exactly in
/// <see cref="BigBounds"/>; the 64-bit properties then saturate, and only the operations that get a context, to charge them, are exact.
/// </summary>
internal sealed class RangeObject : OwnedObject
{
    /// <summary>Bytes that a range of 64-bit bounds takes.</summary>
    public const long Bytes = 64;

    /// <summary>Bytes of exact bounds, without their digits.</summary>
    private const long BigBytes = 112;

    /// <param name="start">The first element.</param>
    /// <param name="stop">The bound.</param>
    /// <param name="step">Not 0.</param>
    /// <param name="isInclusive">Whether the bound belongs to the range.</param>
    public RangeObject(long start, long stop, long step, bool isInclusive)
        : this(start, stop, step, CountOf(start, stop, step, isInclusive), isInclusive)
    {
    }

    /// <summary>A range whose number of elements is known (see <see cref="CountOf(long, long, long, bool)"/>).</summary>
    public RangeObject(long start, long stop, long step, long count, bool isInclusive)
    {
        Start = start;
        Stop = stop;
        Step = step;
        Count = count;
        IsInclusive = isInclusive;
    }

    private RangeObject(ScriptContext context, Bounds bounds, bool isInclusive)
    {
        BigBounds = bounds;
        Start = Saturate(bounds.Start);
        Stop = Saturate(bounds.Stop);
        Step = Saturate(bounds.Step);
        IsInclusive = isInclusive;
        Count = Saturate(CountOf(context, bounds, isInclusive));
    }

    /// <summary>Exact bounds of any size.</summary>
    internal sealed class Bounds(BigInteger start, BigInteger stop, BigInteger step)
    {
        public BigInteger Start { get; } = start;

        public BigInteger Stop { get; } = stop;

        public BigInteger Step { get; } = step;

        /// <summary>The values that the bounds were read from and share their digits with.</summary>
        public (Value Start, Value Stop, Value Step) Sources { get; init; }
    }

    public long Start { get; }

    public long Stop { get; }

    public long Step { get; }

    public bool IsInclusive { get; }

    /// <summary>The number of elements; saturates at <see cref="long.MaxValue"/>, which no iteration reaches.</summary>
    public long Count { get; }

    /// <summary>Null when start, stop and step fit 64 bits.</summary>
    public Bounds? BigBounds { get; }

    /// <summary>The bounds as ints of any size.</summary>
    private Bounds Exact => BigBounds ?? new Bounds(Start, Stop, Step);

    public override ValueKind Kind => ValueKind.Range;

    public override long OwnBytes => BigBounds is null ? Bytes : Bytes + BigBytes;

    /// <summary>Makes a range of ints of any size.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a bound or step that is not an int; ValueError for step 0; a limit is exceeded.
    /// </exception>
    public static RangeObject Create(ScriptContext context, in Value start, in Value stop, in Value step, bool isInclusive)
    {
        if (start.IsInt && stop.IsInt && step.IsInt && step.AsInt != 0)
        {
            return new RangeObject(start.AsInt, stop.AsInt, step.AsInt, isInclusive);
        }

        CheckInt("start", start);
        CheckInt("end", stop);
        CheckInt("step", step);
        if (step.AsBig.IsZero)
        {
            throw Throw.ValueError("the step of a range can't be 0");
        }

        Bounds bounds = new(start.AsBig, stop.AsBig, step.AsBig) { Sources = (start, stop, step) };
        return new RangeObject(context, bounds, isInclusive);
    }

    /// <summary>The element at an index from 0 to <see cref="Count"/> - 1. Only for ranges of 64-bit bounds.</summary>
    public long At(long index) => unchecked(Start + (Step * index));

    /// <summary>The exact number of elements. Computed at each call when <see cref="Count"/> saturates.</summary>
    public BigInteger ExactCount(ScriptContext context) => Count < long.MaxValue ? Count : CountOf(context, Exact, IsInclusive);

    /// <summary>The element at an index from 0 to <see cref="Count"/> - 1, exactly.</summary>
    public Value ItemAt(ScriptContext context, long index) =>
        BigBounds is null ? Value.FromInt(At(index)) : Value.FromBig(ExactItemAt(context, index));

    /// <summary>The element at an index from 0 to <see cref="ExactCount"/> - 1.</summary>
    public BigInteger ExactItemAt(ScriptContext context, BigInteger index) =>
        BigMath.Add(context, Exact.Start, BigMath.Multiply(context, Exact.Step, index));

    /// <summary>Whether a value is an int, or a float equal to one, in the range.</summary>
    public bool Contains(ScriptContext context, in Value item)
    {
        if (BigBounds is null)
        {
            return Contains(item);
        }

        return TryWhole(item, out BigInteger whole) && ContainsBig(context, whole);
    }

    /// <summary>
    /// As <see cref="Contains(ScriptContext, in Value)"/>, without a charge: only for ranges of 64-bit bounds, and for those whose step is
    /// 1, as in patterns, which need no division.
    /// </summary>
    public bool Contains(in Value item)
    {
        if (BigBounds is not null)
        {
            return TryWhole(item, out BigInteger exact) && IsWithin(Exact, exact);
        }

        if (item.IsInt)
        {
            return ContainsInt(item.AsInt);
        }

        return TryWhole(item, out BigInteger whole) && whole >= long.MinValue && whole <= long.MaxValue && ContainsInt((long)whole);
    }

    /// <summary>Whether two ranges have the same start, end, step and kind of end.</summary>
    public bool ContentEquals(ScriptContext context, RangeObject other)
    {
        if (IsInclusive != other.IsInclusive || Start != other.Start || Stop != other.Stop || Step != other.Step)
        {
            return false;
        }

        context.Charge(BigBounds is null ? 0 : (OwnBytes + other.OwnBytes) >> 7);
        return Equals(BigBounds, other.BigBounds);
    }

    private static bool TryWhole(in Value item, out BigInteger whole)
    {
        bool isWhole = item.IsAnyInt || (item.IsFloat && double.IsInteger(item.AsFloat));
        whole = !isWhole ? default : item.IsFloat ? new BigInteger(item.AsFloat) : item.AsBig;
        return isWhole;
    }

    public override void VisitReferences(HeapVisitor visitor)
    {
        if (BigBounds is { } bounds)
        {
            visitor.Visit(bounds.Sources.Start);
            visitor.Visit(bounds.Sources.Stop);
            visitor.Visit(bounds.Sources.Step);
        }
    }

    private bool ContainsInt(long item)
    {
        bool isBeforeStop = Step > 0 ? item < Stop : item > Stop;
        if ((!isBeforeStop && !(IsInclusive && item == Stop)) || (Step > 0 ? item < Start : item > Start))
        {
            return false;
        }

        return Step is 1 or -1 || Distance(Start, item, Step) % ExactInt.Magnitude(Step) == 0;
    }

    private bool ContainsBig(ScriptContext context, in BigInteger item)
    {
        Bounds b = Exact;
        context.Charge(OwnBytes >> 7);
        if (!IsWithin(b, item))
        {
            return false;
        }

        BigMath.Divide(context, BigMath.Subtract(context, item, b.Start), b.Step, out BigInteger rest);
        return rest.IsZero;
    }

    /// <summary>Whether a number lies between the bounds, whatever the step.</summary>
    private bool IsWithin(Bounds b, in BigInteger item)
    {
        bool isBeforeStop = b.Step.Sign > 0 ? item < b.Stop : item > b.Stop;
        bool isAfterStart = b.Step.Sign > 0 ? item >= b.Start : item <= b.Start;
        return isAfterStart && (isBeforeStop || (IsInclusive && item == b.Stop));
    }

    private static void CheckInt(string part, in Value value)
    {
        if (!value.IsAnyInt)
        {
            throw Throw.TypeError($"the {part} of a range must be an int, not {Throw.TypeName(value)}");
        }
    }

    /// <summary>The number of elements, for a step that is not 0; saturates at <see cref="long.MaxValue"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long CountOf(long start, long stop, long step, bool isInclusive)
    {
        if ((step > 0 ? stop < start : stop > start) || (stop == start && !isInclusive))
        {
            return 0;
        }

        ulong distance = Distance(start, stop, step) - (isInclusive ? 0UL : 1UL);
        ulong steps = step is 1 or -1 ? distance : distance / ExactInt.Magnitude(step);
        return steps < long.MaxValue ? (long)steps + 1 : long.MaxValue;
    }

    /// <summary>How far an int is from the start, in the direction of the step.</summary>
    private static ulong Distance(long start, long item, long step) =>
        unchecked(step > 0 ? (ulong)item - (ulong)start : (ulong)start - (ulong)item);

    private static BigInteger CountOf(ScriptContext context, Bounds bounds, bool isInclusive)
    {
        BigInteger distance = bounds.Step.Sign > 0
            ? BigMath.Subtract(context, bounds.Stop, bounds.Start)
            : BigMath.Subtract(context, bounds.Start, bounds.Stop);
        if (distance.Sign < 0 || (distance.IsZero && !isInclusive))
        {
            return BigInteger.Zero;
        }

        return BigMath.Quotient(context, isInclusive ? distance : distance - 1, BigInteger.Abs(bounds.Step)) + 1;
    }

    private static long Saturate(BigInteger value) =>
        value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;
}
