using System;
using System.Linq;
using Lyra.Runtime.Kinds;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Kinds;

public sealed class KindInfoTests
{
    [Fact]
    public void Tables_count_all_kinds()
    {
        KindInfo.Count.ShouldBe(Enum.GetValues<ValueKind>().Length);
        SlotInfo.Count.ShouldBe(Enum.GetValues<SlotKind>().Length);
    }

    [Fact]
    public void Annotation_of_a_kind_has_the_row_of_the_kind()
    {
        foreach (ValueKind kind in Enum.GetValues<ValueKind>())
        {
            KindInfo row = KindInfo.Of(kind);
            if (row.Slot is { } slot)
            {
                SlotInfo.Of(slot).Kind.ShouldBe(kind);
                SlotInfo.Of(slot).Traits.ShouldBe(row.Traits);
                SlotInfo.Of(slot).Default.ShouldBe(row.Default);
            }
        }
    }

    [Fact]
    public void Names_of_annotations_are_those_of_the_members() =>
        Enum.GetValues<SlotKind>().ShouldAllBe(slot => SlotInfo.Of(slot).Name.Equals(slot.ToString(), StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("bytes", SlotKind.Bytes)]
    [InlineData("f64", SlotKind.Float)]
    [InlineData("chan", SlotKind.Channel)]
    [InlineData("struct", null)]
    [InlineData("host", null)]
    [InlineData("frozen", null)]
    [InlineData("Point", null)]
    internal void Source_code_has_names_for_annotations(string name, SlotKind? slot) => SlotInfo.OfName(name).ShouldBe(slot);
}
