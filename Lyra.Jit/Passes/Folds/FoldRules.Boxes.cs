using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Folds;

/// <summary>Rules for objects in an Any, where the type or shape of the object is known because its node is a box or a constant.</summary>
internal sealed partial class FoldRules
{
    private static FoldResult FoldUnboxObject(IrNode node, IrNode x, FoldResult otherwise)
    {
        bool? fits = node.Payload is Shape shape ? HasShape(x, shape) : HasType(x, node.Type);
        return fits switch
        {
            true when x.Inputs[0].Type == node.Type => FoldResult.Use(x.Inputs[0]),
            false => otherwise,
            _ => FoldResult.Keep,
        };
    }

    /// <summary>Whether an Any is an object of a type; null when that is unknown.</summary>
    private static bool? HasType(IrNode x, IrType type)
    {
        if (x.Op != IrOp.BoxObject)
        {
            return x.Family == IrFamily.Box || x.Op is IrOp.ConstNil or IrOp.ConstUnset ? false : null;
        }

        IrType own = x.Inputs[0].Type;
        return own == type || type == IrType.Object ? true : own == IrType.Object ? null : false;
    }

    private static bool? HasShape(IrNode x, Shape shape)
    {
        if (HasType(x, IrType.Struct) is not true)
        {
            return HasType(x, IrType.Struct);
        }

        Shape? own = x.Inputs[0].Payload is StructObject constant ? constant.Shape : x.Inputs[0].Shape;
        return own is null ? null : ReferenceEquals(own, shape);
    }
}
