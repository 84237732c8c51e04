using System;
using System.Linq;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

/// <summary>Operations on lists of unboxed floats give what the operators give for one element after the other.</summary>
public sealed class FloatSearchTests
{
    private const int Rows = 400;

    private static readonly double[] Special =
        [0.0, -0.0, 1.0, -1.0, double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, 0.5, 9.3e18];

    [Fact]
    public void A_search_finds_the_first_equal_element() => ForRows((context, items, value) =>
    {
        int expected = Array.FindIndex(items, item => item == value);
        ListSearch.IndexOf(context, ListOf(items), Value.FromFloat(value), 0).ShouldBe(expected, Show(items, value));
    });

    [Fact]
    public void A_count_counts_equal_elements() => ForRows((context, items, value) =>
        ListSearch.Count(context, ListOf(items), Value.FromFloat(value)).ShouldBe(items.Count(item => item == value), Show(items, value)));

    [Fact]
    public void Lists_are_equal_if_all_elements_are() => ForRows((context, items, value) =>
    {
        double[] other = [.. items];
        if (other.Length > 0 && value > 0)
        {
            other[^1] = -other[^1];
        }

        bool expected = items.Zip(other).All(pair => pair.First == pair.Second);
        Equality.AreEqual(context, Value.FromObject(ListOf(items)), Value.FromObject(ListOf(other))).ShouldBe(expected, Show(items, value));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_extreme_is_the_first_element_that_no_other_beats(bool isMax) => ForRows((context, items, value) =>
    {
        double[] row = [value, .. items];
        double expected = row.Aggregate((best, item) => (isMax ? best < item : item < best) ? item : best);
        double found = Extremes.Find(context, [Value.FromObject(ListOf(row))], isMax).AsFloat;
        BitConverter.DoubleToInt64Bits(found).ShouldBe(BitConverter.DoubleToInt64Bits(expected), Show(items, value));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_extreme_of_ints_is_that_of_dotnet(bool isMax) => ForRows((context, items, value) =>
    {
        long[] row = [(long)items.Length, .. items.Select(static item => BitConverter.DoubleToInt64Bits(item))];
        Value found = Extremes.Find(context, [Value.FromObject(ListObject.OfInts(row, row.Length))], isMax);
        found.AsInt.ShouldBe(isMax ? row.Max() : row.Min(), Show(items, value));
    });

    [Theory]
    [InlineData(3L, 3)]
    [InlineData((1L << 53) + 1, -1)]
    [InlineData(1L << 53, 5)]
    public void An_int_is_found_where_it_is_exactly_a_float(long item, int expected)
    {
        ListObject list = ListOf([0, 1, 2, 3, 4, 1L << 53, 6, 7, 8, 9]);
        ListSearch.IndexOf(new BareContext(), list, Value.FromInt(item), 0).ShouldBe(expected);
        ListSearch.Count(new BareContext(), list, Value.FromInt(item)).ShouldBe(expected < 0 ? 0 : 1);
    }

    [Fact]
    public void Long_lists_are_searched_in_pieces()
    {
        double[] items = new double[200_000];
        items[^1] = 7;
        BareContext context = new();

        ListSearch.IndexOf(context, ListOf(items), Value.FromFloat(7), 0).ShouldBe(items.Length - 1);
        ListSearch.Count(context, ListOf(items), Value.FromFloat(0)).ShouldBe(items.Length - 1);
        Extremes.Find(context, [Value.FromObject(ListOf(items))], isMax: true).AsFloat.ShouldBe(7);
        Equality.AreEqual(context, Value.FromObject(ListOf(items)), Value.FromObject(ListOf(new double[items.Length]))).ShouldBeFalse();
    }

    private static void ForRows(Action<BareContext, double[], double> check)
    {
        Random random = new(20_261_129);
        for (int row = 0; row < Rows; row++)
        {
            double[] items = [.. Enumerable.Range(0, row % 37).Select(_ => Special[random.Next(Special.Length)])];
            check(new BareContext(), items, Special[random.Next(Special.Length)]);
        }
    }

    private static ListObject ListOf(double[] items) => ListObject.OfFloats([.. items], items.Length);

    private static string Show(double[] items, double value) => $"{value} in [{string.Join(", ", items)}]";
}
