using System;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

public sealed class KindTypesTests
{
    [Fact]
    public void Table_has_all_representations() => IrTypes.Count.ShouldBe(Enum.GetValues<IrType>().Length);

    [Fact]
    public void Objects_are_the_representations_whose_class_is_one_of_script_objects() =>
        Enum.GetValues<IrType>().Where(type => type != IrType.None)
            .ShouldAllBe(type => IrTypes.IsObject(type) == typeof(ScriptObject).IsAssignableFrom(IrTypes.ClrType(type)));

    [Fact]
    public void A_value_is_boxed_and_unboxed_exactly_if_its_type_is_one_of_values()
    {
        foreach (IrType type in Enum.GetValues<IrType>())
        {
            if (IrTypes.GroupOf(type) is IrTypeGroup.Int or IrTypeGroup.Float or IrTypeGroup.Bool or IrTypeGroup.Object)
            {
                IrOpInfo.Of(IrRepresentation.BoxOf(type)).Result.ShouldBe(IrType.Any, customMessage: $"{type}");
                IrOpInfo.Of(IrRepresentation.UnboxOf(type)).Effects.HasFlag(IrEffects.Exits).ShouldBeTrue($"{type}");
                IrOpInfo.Of(IrRepresentation.AsOf(type)).Effects.HasFlag(IrEffects.Exits).ShouldBeFalse($"{type}");
            }
            else
            {
                Should.Throw<ArgumentOutOfRangeException>(() => IrRepresentation.BoxOf(type)).ActualValue.ShouldBe(type);
                Should.Throw<ArgumentOutOfRangeException>(() => IrRepresentation.UnboxOf(type)).ActualValue.ShouldBe(type);
            }
        }
    }

    [Fact]
    public void Equal_representations_and_intervals_hash_alike()
    {
        Shape shape = TestShapes.Create("P", ["x"]);
        Representation[] representations = [Representation.Any, new(IrType.Int, null), new(IrType.Struct, null), new(IrType.Struct, shape)];
        int[] hashes = [.. representations.Select(r => r.GetHashCode())];
        hashes.ShouldBeUnique();
        representations.Select(r => new Representation(r.Type, r.Shape).GetHashCode()).ShouldBe(hashes);

        Interval[] intervals = [Interval.All, Interval.Small, Interval.Of(1), new(1, 2)];
        intervals.Select(i => i.GetHashCode()).ShouldBeUnique();
        new Interval(1, 2).GetHashCode().ShouldBe(Interval.Of(1).Union(Interval.Of(2)).GetHashCode());
    }

    [Fact]
    public void Each_observed_kind_has_one_representation() =>
        Enum.GetValues<IrType>().Where(type => IrTypes.KindOf(type) != ObservedKinds.Other)
            .ShouldAllBe(type => IrTypes.OfObserved(IrTypes.KindOf(type)) == type);

    [Theory]
    [InlineData(SlotKind.Any, IrType.Object, true)]
    [InlineData(SlotKind.Int, IrType.BigInt, true)]
    [InlineData(SlotKind.I64, IrType.Int, true)]
    [InlineData(SlotKind.I64, IrType.BigInt, null)]
    [InlineData(SlotKind.U8, IrType.Int, null)]
    [InlineData(SlotKind.U8, IrType.Str, false)]
    [InlineData(SlotKind.Float, IrType.Int, false)]
    [InlineData(SlotKind.F32, IrType.Float, null)]
    [InlineData(SlotKind.Set, IrType.Tuple, false)]
    [InlineData(SlotKind.Tuple, IrType.Tuple, true)]
    [InlineData(SlotKind.Proc, IrType.Closure, true)]
    [InlineData(SlotKind.Struct, IrType.Struct, null)]
    [InlineData(SlotKind.Host, IrType.Object, null)]
    [InlineData(SlotKind.Host, IrType.List, false)]
    internal void Slot_takes_a_representation_unchanged(SlotKind slot, IrType type, bool? expected) =>
        KindTypes.Takes(slot, type).ShouldBe(expected);
}
