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
        IrTypeGroup.None or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Storage => throw NoBox(type),
    };

    /// <summary>The operation that unboxes a value of a type with a check; that of a struct needs a shape.</summary>
    public static IrOp UnboxOf(IrType type) => IrTypes.GroupOf(type) switch
    {
        IrTypeGroup.Int => IrOp.UnboxInt,
        IrTypeGroup.Float => IrOp.UnboxFloat,
        IrTypeGroup.Bool => IrOp.UnboxBool,
        IrTypeGroup.Object => type == IrType.Struct ? IrOp.UnboxStruct : IrOp.UnboxObject,
        IrTypeGroup.None or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Storage => throw NoBox(type),
    };

    /// <summary>As <see cref="UnboxOf"/>, where the type is known.</summary>
    public static IrOp AsOf(IrType type) => IrOpInfo.Of(UnboxOf(type)).Unchecked;

    private static ArgumentOutOfRangeException NoBox(IrType type) => new(nameof(type), type, "Values of the type are never in a box.");

    /// <summary>The representation that a slot guarantees for its value; Any when it guarantees none.</summary>
    public static IrType Guaranteed(BoundType? type) => type is not { Type.IsNullable: false } ? IrType.Any : type.Kind switch
    {
        // An `int` may be beyond 64 bits; the sized ones up to i64 never are.
        SlotKind.I8 or SlotKind.I16 or SlotKind.I32 or SlotKind.I64 or SlotKind.U8 or SlotKind.U16 or SlotKind.U32 => IrType.Int,
        SlotKind.Float or SlotKind.F32 => IrType.Float,
        SlotKind.Bool => IrType.Bool,
        _ => IrType.Any,
    };
}
