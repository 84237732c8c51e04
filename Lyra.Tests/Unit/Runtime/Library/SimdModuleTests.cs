using System;
using System.Linq;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Runtime.Library;

/// <summary>Vector operations agree with the operators, element by element.</summary>
public sealed class SimdModuleTests
{
    private static readonly long[] Edges =
        [0, 1, -1, 2, -2, 7, 1L << 31, -(1L << 31), (1L << 32) + 1, 1L << 62, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MinValue
            + 1];

    private static readonly double[] FloatEdges =
        [0.0, -0.0, 1.5, -1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 1e-300];

    private readonly LibraryContext _context = new();

    [Theory]
    [InlineData("add")]
    [InlineData("sub")]
    [InlineData("mul")]
    [InlineData("min")]
    [InlineData("max")]
    public void Int_operations_are_exact_on_every_pair_of_edges(string name)
    {
        foreach (long[] pairs in new[] { Edges, Edges[..6] })
        {
            (long A, long B)[] all = [.. pairs.SelectMany(a => pairs.Select(b => (a, b)))];
            ListObject result = Operate(name, [.. all.Select(p => p.A)], [.. all.Select(p => p.B)]);
            for (int i = 0; i < all.Length; i++)
            {
                result.Get(i).AsBig.ShouldBe(Exact(name, all[i].A, all[i].B));
            }
        }
    }

    [Theory]
    [InlineData("add")]
    [InlineData("sub")]
    [InlineData("mul")]
    [InlineData("div")]
    [InlineData("min")]
    [InlineData("max")]
    public void Float_operations_are_those_of_the_operators(string name)
    {
        (double A, double B)[] all = [.. FloatEdges.SelectMany(a => FloatEdges.Select(b => (a, b)))];
        ListObject a = ListObject.OfFloats([.. all.Select(p => p.A)], all.Length);
        ListObject b = ListObject.OfFloats([.. all.Select(p => p.B)], all.Length);
        ListObject result = (ListObject)LibraryCalls.Call(_context, "simd." + name, a, b).Ref!;
        for (int i = 0; i < all.Length; i++)
        {
            Bits(result.Get(i).AsFloat).ShouldBe(Bits(Operator(name, all[i].A, all[i].B)), $"{name} of {all[i]}");
        }
    }

    [Theory]
    [InlineData("lt")]
    [InlineData("le")]
    [InlineData("eq")]
    public void Comparison_instructions_agree_with_the_operators(string name)
    {
        (double A, double B)[] all = [.. FloatEdges.SelectMany(a => FloatEdges.Select(b => (a, b)))];
        ListObject a = ListObject.OfFloats([.. all.Select(p => p.A)], all.Length);
        ListObject b = ListObject.OfFloats([.. all.Select(p => p.B)], all.Length);
        ListObject mask = (ListObject)LibraryCalls.Call(_context, "simd." + name, a, b).Ref!;
        mask.Bools.ShouldBe(all.Select(p => name switch
        {
            "lt" => p.A < p.B,
            "le" => p.A <= p.B,
            _ => p.A == p.B,
        }));
    }

    [Fact]
    public void Sums_and_dot_products_of_ints_are_exact() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<int[], bool>((seeds, large) =>
    {
        long[] items = [.. seeds.Select((s, i) => large ? Edges[(uint)s % Edges.Length] : s + i)];
        ListObject list = ListObject.OfInts(items, items.Length);
        BigInteger sum = items.Aggregate(BigInteger.Zero, (t, i) => t + i);
        BigInteger dot = items.Aggregate(BigInteger.Zero, (t, i) => t + ((BigInteger)i * i));
        return LibraryCalls.Call(_context, "simd.sum", list).AsBig == sum
            && LibraryCalls.Call(_context, "sum", list).AsBig == sum
            && LibraryCalls.Call(_context, "simd.dot", list, list).AsBig == dot;
    }));

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1001)]
    public void Sums_of_floats_add_in_eight_lanes(int count)
    {
        double[] items = [.. Enumerable.Range(0, count).Select(i => 1.0 / (i + 1))];
        double[] lanes = new double[8];
        int vectorized = count / 8 * 8;
        for (int i = 0; i < vectorized; i++)
        {
            lanes[i % 8] += items[i];
        }

        double expected = (lanes[0] + lanes[4] + (lanes[1] + lanes[5])) + (lanes[2] + lanes[6] + (lanes[3] + lanes[7]));
        expected = items[vectorized..].Aggregate(expected, (t, i) => t + i);
        ListObject list = ListObject.OfFloats(items, count);
        LibraryCalls.Call(_context, "simd.sum", list).AsFloat.ShouldBe(expected);
        LibraryCalls.Call(_context, "simd.dot", list, ListObject.OfFloats([.. Enumerable.Repeat(1.0, count)], count))
            .AsFloat.ShouldBe(expected);
    }

    [Fact]
    public void Division_of_ints_truncates()
    {
        ListObject result = Operate("div", [7, -7, 7, -7, long.MinValue], [2, 2, -2, -2, 2]);
        Formatting.ToLiteral(_context, Value.FromObject(result)).ShouldBe("[3, -3, -3, 3, -4611686018427387904]");
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);

    private static BigInteger Exact(string name, BigInteger a, BigInteger b) => name switch
    {
        "add" => a + b,
        "sub" => a - b,
        "mul" => a * b,
        "min" => BigInteger.Min(a, b),
        _ => BigInteger.Max(a, b),
    };

    private static double Operator(string name, double a, double b) => name switch
    {
        "add" => a + b,
        "sub" => a - b,
        "mul" => a * b,
        "div" => a / b,
        "min" => b < a ? b : a,
        _ => a < b ? b : a,
    };

    private ListObject Operate(string name, long[] a, long[] b) => (ListObject)LibraryCalls.Call(
        _context, "simd." + name, ListObject.OfInts(a, a.Length), ListObject.OfInts(b, b.Length)).Ref!;
}
