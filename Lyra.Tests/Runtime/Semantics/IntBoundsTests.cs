using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

/// <summary>The ranges of patterns contain ints and floats that equal one, whatever their size.</summary>
public sealed class IntBoundsTests
{
    private static readonly Gen<BigInteger> Ints = Gen.Elements(
        BigInteger.Zero, 1, -1, 7, long.MaxValue, long.MinValue, (BigInteger)long.MaxValue + 1, (BigInteger)long.MinValue - 1,
        BigInteger.Pow(2, 70), -BigInteger.Pow(2, 70));

    [Fact]
    public void Numbers_are_within_bounds_by_their_exact_values() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(
            Arb.From(Ints), Arb.From(Ints), Arb.From(Ints), (value, start, end) =>
            {
                Value from = Value.FromBig(start);
                Value to = Value.FromBig(end);
                Value number = Value.FromFloat((double)value);
                BigInteger exact = new((double)value);
                return IntBounds.Contain(Value.FromBig(value), from, to) == (value >= start && value < end)
                    && IntBounds.Contain(number, from, to) == (exact >= start && exact < end)
                    && (!from.IsInt || !to.IsInt
                        || IntBounds.Contain((double)value, from.AsInt, to.AsInt) == (exact >= start && exact < end));
            }));

    [Fact]
    public void Fractions_other_values_and_bounds_that_are_no_ints_are_outside()
    {
        Value zero = Value.FromInt(0);
        Value ten = Value.FromInt(10);
        foreach (Value value in new[] { Value.FromFloat(0.5), Value.FromFloat(double.NaN), Value.Nil, Value.True, Value.FromText("1") })
        {
            IntBounds.Contain(value, zero, ten).ShouldBeFalse();
        }

        IntBounds.Contain(double.PositiveInfinity, 0, long.MaxValue).ShouldBeFalse();
        IntBounds.Contain(zero, Value.Nil, ten).ShouldBeFalse();
        IntBounds.Contain(zero, zero, Value.FromFloat(1)).ShouldBeFalse();
    }
}
