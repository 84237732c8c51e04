using System.Linq;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class ListSearchTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(7.0, 7)]
    [InlineData(7.5, -1)]
    [InlineData(1e300, -1)]
    [InlineData(double.NaN, -1)]
    [InlineData(true, -1)]
    public void An_unboxed_list_is_searched_for_any_number(object item, int expected)
    {
        BareContext context = new();
        ListObject list = ListObject.OfInts([.. Enumerable.Range(0, 1_000).Select(static i => (long)i)], 1_000);
        Value value = LyraValue.From(item).Raw;
        ListSearch.IndexOf(context, list, value, 0).ShouldBe(expected);
        Indexing.Contains(context, Value.FromObject(list), value).ShouldBe(expected >= 0);
    }

    [Fact]
    public void The_operator_in_charges_as_the_method_contains_does()
    {
        Value text = Value.FromText("absent");
        foreach (Value item in (Value[])[Value.FromInt(-1), Value.FromFloat(0.5), text])
        {
            BareContext context = new();
            ListObject ints = ListObject.Of(context, [.. Enumerable.Range(0, 1_000).Select(static i => Value.FromInt(i))]);
            ListObject mixed = ListObject.Of(context, [.. Enumerable.Range(0, 1_000).Select(i => i == 0 ? Value.Nil : Value.FromInt(i))]);
            foreach (ListObject list in (ListObject[])[ints, mixed])
            {
                long before = context.StepsUsed;
                ListSearch.IndexOf(context, list, item, 0).ShouldBe(-1);
                long searched = context.StepsUsed - before;
                Indexing.Contains(context, Value.FromObject(list), item).ShouldBeFalse();
                (context.StepsUsed - before).ShouldBe(2 * searched);
            }
        }
    }
}
