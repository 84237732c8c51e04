namespace Lyra.Jit.Ir;

/// <summary>Values and their boxes.</summary>
internal static class IrRepresentation
{
    /// <summary>What a box holds; the value itself when it is none.</summary>
    public static IrNode Unboxed(IrNode value) => value.Op is >= IrOp.BoxInt and <= IrOp.BoxObject ? value.Inputs[0] : value;

    /// <summary>The operation that makes a value of a type one of type Any.</summary>
    public static IrOp BoxOf(IrType type) => type switch
    {
        IrType.Int => IrOp.BoxInt,
        IrType.Float => IrOp.BoxFloat,
        IrType.Bool => IrOp.BoxBool,
        _ => IrOp.BoxObject,
    };
}
