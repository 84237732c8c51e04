using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;

namespace Lyra.Jit.Ir;

/// <summary>Values and their boxes.</summary>
internal static class IrRepresentation
{
    /// <summary>The input of a box; any other value itself.</summary>
    public static IrNode Unboxed(IrNode value) => value.Family == IrFamily.Box ? value.Inputs[0] : value;

    /// <summary>The operation that makes a value of a type one of type Any.</summary>
    public static IrOp BoxOf(IrType type) => IrTypes.GroupOf(type) switch
    {
        IrTypeGroup.Int => IrOp.BoxInt,
        IrTypeGroup.Float => IrOp.BoxFloat,
        IrTypeGroup.Bool => IrOp.BoxBool,
        IrTypeGroup.Object => IrOp.BoxObject,
        IrTypeGroup.None or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Storage or IrTypeGroup.Vector => throw NoBox(type),
    };

    /// <summary>The operation that unboxes a value of a type with a check; that of a struct needs a shape.</summary>
    public static IrOp UnboxOf(IrType type) => IrTypes.GroupOf(type) switch
    {
        IrTypeGroup.Int => IrOp.UnboxInt,
        IrTypeGroup.Float => IrOp.UnboxFloat,
        IrTypeGroup.Bool => IrOp.UnboxBool,
        IrTypeGroup.Object => type == IrType.Struct ? IrOp.UnboxStruct : IrOp.UnboxObject,
        IrTypeGroup.None or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Storage or IrTypeGroup.Vector => throw NoBox(type),
    };

    /// <summary>As <see cref="UnboxOf"/>, where the type is known.</summary>
    public static IrOp AsOf(IrType type) => IrOpInfo.Of(UnboxOf(type)).Unchecked;

    private static ArgumentOutOfRangeException NoBox(IrType type) => new(nameof(type), type, "Values of the type are never in a box.");

    /// <summary>The representation that a slot guarantees for its value; Any when it guarantees none.</summary>
    public static IrType Guaranteed(BoundType? type)
    {
        if (type is not { Type.IsNullable: false })
        {
            return IrType.Any;
        }

        SlotInfo slot = SlotInfo.Of(type.Kind);
        return slot.Default switch
        {
            // An `int` and a `u64` may be beyond 64 bits; the other sized ones never are.
            SlotDefault.IntZero => slot.Bits is > 0 and < 64 || slot.IsSigned ? IrType.Int : IrType.Any,
            SlotDefault.FloatZero => IrType.Float,
            SlotDefault.False => IrType.Bool,
            SlotDefault.Nil or SlotDefault.EmptyStr or SlotDefault.EmptyContainer => IrType.Any,
        };
    }
}
