using System;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Passes.Folds;

/// <summary>
/// The rules of <c>Folding</c>. Each keeps the type of the node, gives a value that is at least as cheap, and is exact: ints modulo
/// 2^64, floats bit by bit except for the payload of a NaN. The table in <c>FoldingTests</c> tests each rule.
/// </summary>
internal sealed partial class FoldRules(IrGraph graph, ConstantPool constants)
{
    private IrBlock _block = graph.Entry;
    private bool _changed;

    /// <summary>Applies the rules to a node with folded inputs. A rule appends the nodes that it needs to the block.</summary>
    public FoldResult Fold(IrNode node, IrBlock block)
    {
        _block = block;
        return node.Family switch
        {
            IrFamily.Unbox or IrFamily.As or IrFamily.KindTest or IrFamily.Conversion => FoldRepresentation(node),
            IrFamily.Guard => FoldGuard(node),
            IrFamily.IntMath => FoldInt(node),
            IrFamily.FloatMath => FoldFloat(node),
            IrFamily.Box => FoldResult.Keep,
            _ => FoldObject(node),
        };
    }

    /// <summary>Whether a node was changed in place since the last call.</summary>
    public bool TakeChanged()
    {
        bool changed = _changed;
        _changed = false;
        return changed;
    }

    /// <summary>A new node, folded itself, at the end of the block.</summary>
    private IrNode Emit(IrOp op, IrType type, params IrNode[] inputs)
    {
        IrNode node = graph.NewNode(op, type, inputs);
        node.Block = _block;
        FoldResult result = Fold(node, _block);
        if (result.Outcome == FoldOutcome.Use)
        {
            return result.Value!;
        }

        _block.Nodes.Add(node);
        return node;
    }

    /// <summary>Replaces a node by a new operation with the same exit.</summary>
    private FoldResult Instead(IrNode node, IrOp op, params IrNode[] inputs)
    {
        IrNode other = graph.NewNode(op, node.Type, inputs);
        other.Block = _block;
        other.Exit = other.MayExit ? node.Exit : null;
        FoldResult result = Fold(other, _block);
        if (result.Outcome != FoldOutcome.Keep)
        {
            return result;
        }

        _block.Nodes.Add(other);
        return node.Type == IrType.None ? FoldResult.Drop : FoldResult.Use(other);
    }

    private FoldResult UseInt(long value) => FoldResult.Use(constants.Int(value));

    private FoldResult UseFloat(double value) => FoldResult.Use(constants.Float(value));

    private FoldResult UseBool(bool value) => FoldResult.Use(constants.Bool(value));

    private static double FloatOf(IrNode constant) => BitConverter.Int64BitsToDouble(constant.Bits);

    private FoldResult FoldGuard(IrNode node)
    {
        IrNode first = node.Inputs[0];
        switch (node.Op)
        {
            case IrOp.Guard when first.Op == IrOp.Not:
                return Instead(node, IrOp.GuardNot, first.Inputs[0]);
            case IrOp.GuardNot when first.Op == IrOp.Not:
                return Instead(node, IrOp.Guard, first.Inputs[0]);
            case IrOp.GuardNot when first.Op == IrOp.LtInt:
                return Instead(node, IrOp.Guard, Emit(IrOp.LeInt, IrType.Bool, first.Inputs[1], first.Inputs[0]));
            case IrOp.GuardNot when first.Op == IrOp.LeInt:
                return Instead(node, IrOp.Guard, Emit(IrOp.LtInt, IrType.Bool, first.Inputs[1], first.Inputs[0]));
            case IrOp.Guard or IrOp.GuardSpeculation when first.IsConstant:
                return Pass(first.Bits != 0);
            case IrOp.GuardNot when first.IsConstant:
                return Pass(first.Bits == 0);
            case IrOp.GuardDivisor when node.Inputs[1].IsConstant && (first.IsConstant || node.Inputs[1].Bits != -1):
                return Pass(node.Inputs[1].Bits != 0 && (node.Inputs[1].Bits != -1 || first.Bits != long.MinValue));
            case IrOp.GuardShift when first.IsConstant:
                return Pass(first.Bits is >= 0 and <= 63);
            case IrOp.GuardShift when first is { Op: IrOp.AndInt, Inputs: [_, { Op: IrOp.ConstInt, Bits: >= 0 and <= 63 }] }:
                return FoldResult.Drop;
            case IrOp.GuardSmall when first.IsConstant:
                return Pass(Interval.Small.Contains(first.Bits));
            case IrOp.GuardIndex when first.IsConstant && first.Bits < 0:
                return FoldResult.Exit;
            case IrOp.GuardIndex when first.IsConstant && node.Inputs[1].IsConstant:
                return Pass(first.Bits < node.Inputs[1].Bits);
            case IrOp.GuardIndex when ReferenceEquals(first, node.Inputs[1]):
                return FoldResult.Exit;
            default:
                return FoldResult.Keep;
        }
    }

    private static FoldResult Pass(bool holds) => holds ? FoldResult.Drop : FoldResult.Exit;
}
