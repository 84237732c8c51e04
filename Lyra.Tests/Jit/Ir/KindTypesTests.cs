using System;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Values;
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
