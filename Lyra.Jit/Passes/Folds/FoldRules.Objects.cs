using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Folds;

/// <summary>Rules for bools, references, and the contents of objects that never change: tuples, ranges, strs, closures.</summary>
internal sealed partial class FoldRules
{
    private FoldResult FoldObject(IrNode node)
    {
        if (node.Inputs.Length == 0)
        {
            return FoldResult.Keep;
        }

        IrNode x = node.Inputs[0];
        return node.Op switch
        {
            IrOp.Not => FoldNot(node, x),
            IrOp.EqBool => FoldEqualBools(node, x, node.Inputs[1]),
            IrOp.SameObject => UseIfKnown(AreSame(x, node.Inputs[1])),
            IrOp.TupleCount or IrOp.TupleItem => FoldTuple(node, x),
            _ when node.Family == IrFamily.RangePart && x.Payload is RangeObject range && x.IsConstant => FoldRange(node.Op, range),
            _ when node.Family == IrFamily.RangePart && x.Op == IrOp.NewRange => FoldNewRange(node.Op, x),
            IrOp.StrLength => FoldStr(node, x),
            IrOp.LoadUnit when x.Op == IrOp.StrUnits => FoldStr(node, x.Inputs[0]),
            IrOp.StrOfUnit when x.IsConstant && x.Bits is >= 0 and <= ScriptString.MaxShared =>
                FoldResult.Use(constants.Object(ScriptString.FromChar((char)x.Bits))),
            IrOp.LoadCapture or IrOp.IsCode => FoldClosure(node, x),
            _ => FoldResult.Keep,
        };
    }

    private FoldResult FoldNot(IrNode node, IrNode x) => x.Op switch
    {
        IrOp.ConstBool => UseBool(x.Bits == 0),
        IrOp.Not => FoldResult.Use(x.Inputs[0]),
        IrOp.LtInt => Instead(node, IrOp.LeInt, x.Inputs[1], x.Inputs[0]),
        IrOp.LeInt => Instead(node, IrOp.LtInt, x.Inputs[1], x.Inputs[0]),
        _ => FoldResult.Keep,
    };

    private FoldResult FoldEqualBools(IrNode node, IrNode x, IrNode y)
    {
        if (ReferenceEquals(x, y) || (x.IsConstant && y.IsConstant))
        {
            return UseBool(x.Bits == y.Bits);
        }

        (IrNode other, IrNode constant) = x.IsConstant ? (y, x) : (x, y);
        return !constant.IsConstant ? FoldResult.Keep
            : constant.Bits != 0 ? FoldResult.Use(other)
            : Instead(node, IrOp.Not, other);
    }

    private static bool? AreSame(IrNode x, IrNode y)
    {
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        if (x.IsConstant && y.IsConstant)
        {
            return ReferenceEquals(x.Payload, y.Payload);
        }

        bool differ = (IsNew(x) && (IsNew(y) || y.IsConstant)) || (IsNew(y) && x.IsConstant)
            || (x.Type != y.Type && x.Type != IrType.Object && y.Type != IrType.Object);
        return differ ? false : null;
    }

    /// <summary>Whether the node makes its object, so that no earlier value is the same object.</summary>
    internal static bool IsNew(IrNode node) => node.Family == IrFamily.New;

    private FoldResult FoldTuple(IrNode node, IrNode x)
    {
        TupleObject? constant = x.IsConstant ? x.Payload as TupleObject : null;
        int count = constant?.Count ?? (x.Op == IrOp.NewTuple ? x.Inputs.Length : -1);
        if (count < 0)
        {
            return FoldResult.Keep;
        }

        if (node.Op == IrOp.TupleCount)
        {
            return UseInt(count);
        }

        if (node.Inputs[1].Op != IrOp.ConstInt || node.Inputs[1].Bits < 0 || node.Inputs[1].Bits >= count)
        {
            return FoldResult.Keep;
        }

        int index = (int)node.Inputs[1].Bits;
        return FoldResult.Use(Box(constant is null ? x.Inputs[index] : constants.Unboxed(constant.Items[index])));
    }

    private IrNode Box(IrNode value) => value.Type == IrType.Any ? value : Emit(IrRepresentation.BoxOf(value.Type), IrType.Any, value);

    private FoldResult FoldRange(IrOp op, RangeObject range) => op switch
    {
        IrOp.RangeIsSmall => UseBool(range.BigBounds is null),
        IrOp.RangeStart => UseInt(range.Start),
        IrOp.RangeStep => UseInt(range.Step),
        _ => UseInt(range.Count),
    };

    private FoldResult FoldNewRange(IrOp op, IrNode range) => op switch
    {
        IrOp.RangeIsSmall => UseBool(true),
        IrOp.RangeStart => FoldResult.Use(range.Inputs[0]),
        IrOp.RangeStep => FoldResult.Use(range.Inputs[2]),
        _ => FoldResult.Use(range.Inputs[3]),
    };

    private FoldResult FoldStr(IrNode node, IrNode x)
    {
        if (x.Op == IrOp.StrOfUnit)
        {
            return node.Op == IrOp.StrLength ? UseInt(1) : FoldResult.Use(x.Inputs[0]);
        }

        if (!x.IsConstant || x.Payload is not ScriptString text)
        {
            return FoldResult.Keep;
        }

        if (node.Op == IrOp.StrLength)
        {
            return UseInt(text.Length);
        }

        IrNode index = node.Inputs[1];
        return index.IsConstant && index.Bits >= 0 && index.Bits < text.Length ? UseInt(text[(int)index.Bits]) : FoldResult.Keep;
    }

    private FoldResult FoldClosure(IrNode node, IrNode x)
    {
        Closure? constant = x.IsConstant ? x.Payload as Closure : null;
        LinkedPrototype? code = constant?.Code ?? (x.Op == IrOp.NewClosure ? x.Payload as LinkedPrototype : null);
        if (code is null)
        {
            return FoldResult.Keep;
        }

        if (node.Op == IrOp.IsCode)
        {
            return UseBool(ReferenceEquals(code, node.Payload));
        }

        return FoldResult.Use(Box(constant is null ? x.Inputs[(int)node.Bits] : constants.Unboxed(constant.Captures[(int)node.Bits])));
    }
}
