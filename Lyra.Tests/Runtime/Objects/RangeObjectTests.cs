using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

public sealed class RangeObjectTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Ranges_contain_the_values_of_a_loop_over_them()
    {
        Gen<(int Start, int Stop, int Step, bool IsInclusive)> ranges = Gen.Choose(-20, 20)
            .SelectMany(_ => Gen.Choose(-20, 20), (a, b) => (a, b))
            .SelectMany(_ => Gen.Elements(-7, -3, -1, 1, 2, 5), (p, step) => (p.a, p.b, step, (p.a + p.b) % 2 == 0));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Arb.From(ranges), r =>
        {
            List<long> model = [];
            for (long i = r.Start; r.Step > 0 ? i < r.Stop : i > r.Stop; i += r.Step)
            {
                model.Add(i);
            }

            if (r.IsInclusive && (r.Stop - r.Start) % r.Step == 0 && (r.Stop == r.Start || (r.Stop > r.Start) == (r.Step > 0)))
            {
                model.Add(r.Stop);
            }

            RangeObject range = new(r.Start, r.Stop, r.Step, r.IsInclusive);
            return range.Count == model.Count
                && Enumerable.Range(0, model.Count).All(i => range.At(i) == model[i])
                && Enumerable.Range(-25, 51)
                .All(i => range.Contains(Value.FromInt(i)) == model.Contains(i) && range.Contains(Value.FromFloat(i)) == model.Contains(i));
        }));
    }

    [Fact]
    public void Counts_saturate()
    {
        new RangeObject(long.MinValue, long.MaxValue, 1, true).Count.ShouldBe(long.MaxValue);
        new RangeObject(0, long.MaxValue, 1, false).Count.ShouldBe(long.MaxValue);
        new RangeObject(long.MaxValue, long.MinValue, long.MinValue, true).Count.ShouldBe(2);
    }

    [Fact]
    public void Exact_counts_do_not_saturate()
    {
        BigInteger power = BigInteger.Pow(2, 70);
        new RangeObject(long.MinValue, long.MaxValue, 1, true).ExactCount(_context).ShouldBe(BigInteger.Pow(2, 64));
        new RangeObject(0, long.MaxValue, 1, false).ExactCount(_context).ShouldBe(long.MaxValue);
        new RangeObject(0, long.MaxValue, 2, false).ExactCount(_context).ShouldBe((long.MaxValue / 2) + 1);
        RangeObject.Create(_context, Value.FromBig(power), Value.FromInt(0), Value.FromInt(-1), false).ExactCount(_context).ShouldBe(power);
        RangeObject.Create(_context, Value.FromInt(0), Value.FromBig(power), Value.FromBig(power), true).ExactCount(_context).ShouldBe(2);
    }

    [Fact]
    public void Bounds_beyond_64_bits_are_exact()
    {
        BigInteger start = BigInteger.Pow(2, 64);
        RangeObject range = RangeObject.Create(_context, Value.FromBig(start), Value.FromBig(start + 2), Value.FromInt(1), false);
        range.Count.ShouldBe(2);
        range.ItemAt(_context, 1).AsBig.ShouldBe(start + 1);
        range.Contains(_context, Value.FromBig(start)).ShouldBeTrue();
        range.Contains(_context, Value.FromBig(start + 2)).ShouldBeFalse();
        range.Contains(_context, Value.FromFloat(18446744073709551616.0)).ShouldBeTrue();
    }

    [Fact]
    public void Ends_must_be_ints_and_the_step_not_zero()
    {
        Value one = Value.FromInt(1);
        ScriptErrors.KindOf(() => RangeObject.Create(_context, Value.FromFloat(0), one, one, false)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => RangeObject.Create(_context, one, Value.FromText("x"), one, false)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => RangeObject.Create(_context, one, one, Value.FromInt(0), false)).ShouldBe(ErrorKinds.ValueError);
    }

    [Fact]
    public void Ranges_are_equal_by_their_parts()
    {
        new RangeObject(0, 3, 1, false).ContentEquals(_context, new RangeObject(0, 3, 1, false)).ShouldBeTrue();
        new RangeObject(0, 3, 1, false).ContentEquals(_context, new RangeObject(0, 2, 1, true)).ShouldBeFalse();
    }

    [Fact]
    public void A_closed_iterator_over_a_range_beyond_64_bits_has_no_more_values()
    {
        BigRangeIterator iterator = new(BigInteger.Pow(2, 70), BigInteger.Pow(2, 71));
        iterator.MoveNext(_context, out Value first).ShouldBeTrue();
        first.AsBig.ShouldBe(BigInteger.Pow(2, 70));
        (iterator.Next, iterator.End).ShouldBe((BigInteger.Pow(2, 70) + 1, BigInteger.Pow(2, 71)));

        iterator.Close(_context);

        iterator.IsDone.ShouldBeTrue();
        iterator.MoveNext(_context, out _).ShouldBeFalse();
        iterator.IsDone.ShouldBeTrue();
    }
}
