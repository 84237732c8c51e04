using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Folds;

/// <summary>
/// Rules for representations, where the kind of an Any is known because its node is a box or a constant. A box of an unboxed value is not
/// replaced by the Any that was unboxed: a box costs nothing, and storing its tag is cheaper than storing a reference.
/// </summary>
internal sealed partial class FoldRules
{
    private FoldResult FoldRepresentation(IrNode node)
    {
        IrNode x = node.Inputs[0];
        if (node.Op == IrOp.IntToFloat)
        {
            return x.IsConstant ? UseFloat(x.Bits) : FoldResult.Keep;
        }

        if (!IsKnown(x))
        {
            return FoldResult.Keep;
        }

        return node.Op switch
        {
            IrOp.UnboxInt or IrOp.UnboxFloat or IrOp.UnboxBool => FoldUnboxNumber(node, x, FoldResult.Exit),
            IrOp.AsInt or IrOp.AsFloat or IrOp.AsBool => FoldUnboxNumber(node, x, FoldResult.Keep),
            IrOp.UnboxObject or IrOp.UnboxStruct => FoldUnboxObject(node, x, FoldResult.Exit),
            IrOp.AsObject or IrOp.AsStruct => FoldUnboxObject(node, x, FoldResult.Keep),
            IrOp.IsInt => UseBool(x.Op == IrOp.BoxInt),
            IrOp.IsFloat => UseBool(x.Op == IrOp.BoxFloat),
            IrOp.IsBool => UseBool(x.Op == IrOp.BoxBool),
            IrOp.IsNil => UseBool(x.Op == IrOp.ConstNil),
            IrOp.IsUnset => UseBool(x.Op == IrOp.ConstUnset),
            IrOp.IsTruthy => FoldTruth(x),
            IrOp.IsObject => UseIfKnown(HasType(x, (IrType)node.Bits)),
            IrOp.IsStruct => UseIfKnown(HasShape(x, (Shape)node.Payload!)),
            _ => FoldResult.Keep,
        };
    }

    private static bool IsKnown(IrNode value) => value.Family == IrFamily.Box || value.Op is IrOp.ConstNil or IrOp.ConstUnset;

    private FoldResult FoldTruth(IrNode x) => x.Op switch
    {
        IrOp.BoxBool => FoldResult.Use(x.Inputs[0]),
        IrOp.ConstUnset => FoldResult.Keep,
        _ => UseBool(x.Op != IrOp.ConstNil),
    };

    private FoldResult UseIfKnown(bool? value) => value is { } known ? UseBool(known) : FoldResult.Keep;

    private static FoldResult FoldUnboxNumber(IrNode node, IrNode x, FoldResult otherwise) =>
        x.Op == IrRepresentation.BoxOf(node.Type) ? FoldResult.Use(x.Inputs[0]) : otherwise;

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

    /// <summary>Whether a box or constant is an object of a type; null when that is unknown.</summary>
    private static bool? HasType(IrNode x, IrType type)
    {
        if (x.Op != IrOp.BoxObject)
        {
            return false;
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
