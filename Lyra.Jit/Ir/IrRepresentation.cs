namespace Lyra.Jit.Ir;

/// <summary>Values and their boxes.</summary>
internal static class IrRepresentation
{
    /// <summary>The input of a box; any other value itself.</summary>
    public static IrNode Unboxed(IrNode value) => value.Family == IrFamily.Box ? value.Inputs[0] : value;

    /// <summary>The operation that makes a value of a type one of type Any.</summary>
    public static IrOp BoxOf(IrType type) => type switch
    {
        IrType.Int => IrOp.BoxInt,
        IrType.Float => IrOp.BoxFloat,
        IrType.Bool => IrOp.BoxBool,
        _ => IrOp.BoxObject,
    };

    /// <summary>The operation that unboxes a value of a type with a check; not for structs, which need a shape.</summary>
    public static IrOp UnboxOf(IrType type) => type switch
    {
        IrType.Int => IrOp.UnboxInt,
        IrType.Float => IrOp.UnboxFloat,
        IrType.Bool => IrOp.UnboxBool,
        _ => IrOp.UnboxObject,
    };

    /// <summary>As <see cref="UnboxOf"/>, where the type is known.</summary>
    public static IrOp AsOf(IrType type) => IrOpInfo.Of(UnboxOf(type)).Unchecked;
}
