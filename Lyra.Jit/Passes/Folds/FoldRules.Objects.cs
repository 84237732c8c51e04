using System.Diagnostics;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Folds;

/// <summary>Rules for references and the contents of objects that never change: tuples, ranges, strs, closures.</summary>
internal sealed partial class FoldRules
{
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

    private IrNode Box(IrNode value) => value.Type == IrType.Any ? value : Emit(IrRepresentation.BoxOf(value.Type), value);

    private FoldResult FoldRange(IrOp op, IrNode x) => !x.IsConstant || x.Payload is not RangeObject range ? FoldResult.Keep : op switch
    {
        IrOp.RangeIsSmall => UseBool(range.BigBounds is null),
        IrOp.RangeStart => UseInt(range.Start),
        IrOp.RangeStep => UseInt(range.Step),
        IrOp.RangeCount => UseInt(range.Count),
        _ => throw new UnreachableException($"{op} is not a part of a range."),
    };

    private FoldResult FoldStr(IrNode node, IrNode x) => node.Op switch
    {
        IrOp.StrOfUnit when x.IsConstant && x.Bits is >= 0 and <= ScriptString.MaxShared =>
            FoldResult.Use(constants.Object(ScriptString.FromChar((char)x.Bits))),
        IrOp.StrLength when x is { IsConstant: true, Payload: ScriptString text } => UseInt(text.Length),
        IrOp.LoadUnit when x is { Op: IrOp.StrUnits, Inputs: [{ IsConstant: true, Payload: ScriptString text }] }
            && node.Inputs[1] is { IsConstant: true, Bits: >= 0 and var index } && index < text.Length => UseInt(text[(int)index]),
        _ => FoldResult.Keep,
    };

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
