using System;
using System.Collections.Generic;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class ComparisonTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Numbers_compare_by_exact_mathematical_value()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Numbers.Any, Numbers.Any, (a, b) =>
        {
            int? expected = ExactOrder(a, b);
            return Comparison.Less(_context, a, b) == (expected < 0)
                && Comparison.LessOrEqual(_context, a, b) == (expected <= 0)
                && Equality.AreEqual(_context, a, b) == (expected == 0);
        }));
    }

    [Fact]
    public void Equal_numbers_are_one_key_with_one_hash()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Numbers.Any, Numbers.Any, (a, b) =>
        {
            bool areSame = Equality.AreSameKey(_context, a, b);
            return areSame == (ExactOrder(a, b) == 0 || (IsNaN(a) && IsNaN(b)))
                && (!areSame || (Hashing.Hash(_context, a) == Hashing.Hash(_context, b)
                && Hashing.KeyHash(_context, a) == Hashing.KeyHash(_context, b)));
        }));
    }

    [Fact]
    public void Equal_pairs_of_numbers_are_one_key_with_one_hash()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Numbers.Any, Numbers.Any, (a, b) =>
        {
            Value first = Value.FromObject(TupleObject.Of([a, b]));
            Value same = Value.FromObject(TupleObject.Of([AsFloat(a), AsFloat(b)]));
            Value other = Value.FromObject(TupleObject.Of([b, a]));
            foreach (Value pair in (Value[])[same, other])
            {
                bool areSame = Equality.AreSameKey(_context, first, pair);
                if (areSame && Hashing.KeyHash(_context, first) != Hashing.KeyHash(_context, pair))
                {
                    return false;
                }
            }

            return true;
        }));
    }

    [Fact]
    public void Pairs_of_a_grid_have_different_hashes()
    {
        HashSet<int> hashes = [];
        for (int x = -128; x < 128; x++)
        {
            for (int y = -128; y < 128; y++)
            {
                Value pair = Value.FromObject(TupleObject.Of([Value.FromInt(x), Value.FromInt(y)]));
                hashes.Add(Hashing.KeyHash(_context, pair) & 0xFFFFF);
            }
        }

        // 65,536 random numbers below 2^20 have 63,500 different values.
        hashes.Count.ShouldBeInRange(63_000, 64_200);
    }

    [Fact]
    public void A_float_of_an_int_is_the_same_key_as_the_int_where_it_is_exact()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Numbers.Ints, i =>
        {
            Value number = Value.FromFloat(Conversion.BigToFloat(i));
            Value value = Value.FromBig(i);
            return !Equality.AreEqual(_context, number, value) || Hashing.KeyHash(_context, number) == Hashing.KeyHash(_context, value);
        }));
    }

    [Fact]
    public void Sequences_compare_by_their_first_difference()
    {
        Less(List(1, 2), List(1, 3)).ShouldBe((true, true));
        Less(List(1, 2), List(1, 2)).ShouldBe((false, true));
        Less(List(1), List(1, 0)).ShouldBe((true, true));
        Less(List(2), List(1, 9)).ShouldBe((false, false));
        Less(List(List(1, 2), List(0)), List(List(1, 3))).ShouldBe((true, true));
        Less(List(), List(0)).ShouldBe((true, true));
        Value text = Value.FromText("a");
        Less(Value.FromObject(TupleObject.Of([Value.FromInt(1), text])), Value.FromObject(TupleObject.Of([Value.FromInt(1), text])))
            .ShouldBe((false, true));
        Less(List(Value.Nil, 1), List(Value.Nil, 2)).ShouldBe((true, true));
        Less(List(double.NaN), List(1)).ShouldBe((false, false));
    }

    /// <summary>Strs of up to eight code units have a way of their own; units 0 are no end of a str.</summary>
    [Fact]
    public void Strs_compare_by_their_code_units()
    {
        Gen<string> texts = Gen.Choose(0, 10)
            .SelectMany(length => Gen.Elements('\0', 'a', 'b', '\uFFFF').ArrayOf(length), (_, units) => new string(units));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Arb.From(texts), Arb.From(texts), (x, y) =>
        {
            int expected = string.CompareOrdinal(x, y);
            return Comparison.Less(_context, Value.FromText(x), Value.FromText(y)) == (expected < 0)
                && Comparison.LessOrEqual(_context, Value.FromText(x), Value.FromText(y)) == (expected <= 0);
        }));
    }

    [Fact]
    public void Values_without_order_are_type_errors()
    {
        Value one = Value.FromInt(1);
        Value text = Value.FromText("a");
        (Value, Value)[] pairs =
        [
            (one, text), (text, one), (Value.Nil, one), (Value.Nil, Value.Nil), (Value.True, Value.False), (one, Value.True),
            (List(1), Value.FromObject(TupleObject.Of([one]))), (List(1), List(text)),
            (Value.FromObject(new MapObject()), Value.FromObject(new MapObject())),
        ];
        foreach ((Value a, Value b) in pairs)
        {
            ScriptErrors.KindOf(() => Comparison.Less(_context, a, b)).ShouldBe(ErrorKinds.TypeError);
        }
    }

    [Fact]
    public void Structs_compare_by_their_own_hooks_only()
    {
        Shape shape = TestShapes.Create("S", [], "__lt");
        Value s = TestShapes.Instance(shape);
        _context.OnInvokeMethod = (name, _, _) => Value.FromBool(name == "__lt");
        Comparison.Less(_context, s, Value.FromInt(1)).ShouldBeTrue();
        ScriptErrors.KindOf(() => Comparison.LessOrEqual(_context, s, s)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => Comparison.Less(_context, Value.FromInt(1), s)).ShouldBe(ErrorKinds.TypeError);
    }

    [Fact]
    public void Nesting_beyond_the_frame_limit_is_stack_overflow()
    {
        Value deep = Nested(300_000);
        Value other = Nested(300_000);
        ScriptErrors.KindOf(() => Comparison.Less(_context, deep, other)).ShouldBe(ErrorKinds.StackOverflow);
        BareContext wide = new(maxFrames: 1_000_000);
        Comparison.LessOrEqual(wide, deep, other).ShouldBeTrue();
        Equality.AreEqual(wide, deep, other).ShouldBeTrue();
    }

    private static Value Nested(int depth)
    {
        Value value = List();
        for (int i = 0; i < depth; i++)
        {
            value = List(value);
        }

        return value;
    }

    private static Value List(params object[] items)
    {
        Value[] values = Array.ConvertAll(items, i => i switch
        {
            int n => Value.FromInt(n),
            double d => Value.FromFloat(d),
            _ => (Value)i,
        });
        return Value.FromObject(ListObject.OfValues(values, values.Length));
    }

    private (bool Less, bool LessOrEqual) Less(in Value a, in Value b) =>
        (Comparison.Less(_context, a, b), Comparison.LessOrEqual(_context, a, b));

    private static bool IsNaN(in Value value) => value.IsFloat && double.IsNaN(value.AsFloat);

    /// <summary>The order of two numbers as exact fractions; null if one is NaN.</summary>
    private static int? ExactOrder(in Value a, in Value b)
    {
        if (IsNaN(a) || IsNaN(b))
        {
            return null;
        }

        if (a.IsFloat && !double.IsFinite(a.AsFloat))
        {
            return b.IsFloat ? a.AsFloat.CompareTo(b.AsFloat) : Math.Sign(a.AsFloat);
        }

        if (b.IsFloat && !double.IsFinite(b.AsFloat))
        {
            return -Math.Sign(b.AsFloat);
        }

        return Math.Sign(Scaled(a).CompareTo(Scaled(b)));
    }

    /// <summary>A finite number times 2^1074, which is an int for every float.</summary>
    private static BigInteger Scaled(in Value value)
    {
        if (!value.IsFloat)
        {
            return value.AsBig << 1074;
        }

        long bits = BitConverter.DoubleToInt64Bits(value.AsFloat);
        int exponent = (int)(bits >> 52 & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        BigInteger magnitude = exponent == 0 ? mantissa : (BigInteger)(mantissa | 1L << 52) << (exponent - 1);
        return bits < 0 ? -magnitude : magnitude;
    }

    /// <summary>A 64-bit int as a float; any other number unchanged.</summary>
    private static Value AsFloat(in Value number) => number.IsInt ? Value.FromFloat(number.AsInt) : number;
}
