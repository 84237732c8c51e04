using System;
using System.Diagnostics;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Folds;

/// <summary>
/// The rules of <c>Folding</c>. Each keeps the type of the node, gives a value that is at least as cheap, and is exact: ints modulo
/// 2^64, floats bit by bit except for the payload of a NaN. <c>rules.txt</c> has the rules that are lines, from which a tool writes a part
/// of this class. <c>FoldLineTests</c> tests each line, and the table in <c>FoldingTests</c> the rules that are C#.
/// </summary>
internal sealed partial class FoldRules(IrGraph graph, ConstantPool constants)
{
    private IrBlock _block = graph.Entry;
    private bool _changed;

    /// <summary>Applies the rules to a node with folded inputs. A rule appends the nodes that it needs to the block.</summary>
    public FoldResult Fold(IrNode node, IrBlock block)
    {
        _block = block;
        if (node.Family == IrFamily.IntMath)
        {
            PutConstantSecond(node);
        }

        FoldResult result = FoldByLine(node);
        return result.Outcome != FoldOutcome.Keep ? result : FoldByPayload(node);
    }

    private void PutConstantSecond(IrNode node)
    {
        if (node.Has(IrTraits.Commutes) && node.Inputs[0].IsConstant && !node.Inputs[1].IsConstant)
        {
            (node.Inputs[0], node.Inputs[1]) = (node.Inputs[1], node.Inputs[0]);
            node.Bits = (long)OperandBounds.None;
            _changed = true;
        }
    }

    /// <summary>Applies the rules that need payloads of nodes, which lines do not express.</summary>
    private FoldResult FoldByPayload(IrNode node) => !node.Has(IrTraits.FoldsByPayload) ? FoldResult.Keep : node.Op switch
    {
        IrOp.UnboxObject or IrOp.UnboxStruct => FoldUnboxObject(node, node.Inputs[0], FoldResult.Exit),
        IrOp.AsObject or IrOp.AsStruct => FoldUnboxObject(node, node.Inputs[0], FoldResult.Keep),
        IrOp.IsObject => UseIfKnown(HasType(node.Inputs[0], (IrType)node.Bits)),
        IrOp.IsStruct => UseIfKnown(HasShape(node.Inputs[0], (Shape)node.Payload!)),
        IrOp.SameObject => UseIfKnown(AreSame(node.Inputs[0], node.Inputs[1])),
        IrOp.TupleCount or IrOp.TupleItem => FoldTuple(node, node.Inputs[0]),
        IrOp.RangeIsSmall or IrOp.RangeStart or IrOp.RangeStep or IrOp.RangeCount => FoldRange(node.Op, node.Inputs[0]),
        IrOp.StrLength or IrOp.LoadUnit or IrOp.StrOfUnit => FoldStr(node, node.Inputs[0]),
        IrOp.LoadCapture or IrOp.IsCode => FoldClosure(node, node.Inputs[0]),
        _ => throw new UnreachableException($"There is no rule for the payload of {node.Op}."),
    };

    /// <summary>Whether a node was changed in place since the last call.</summary>
    public bool TakeChanged()
    {
        bool changed = _changed;
        _changed = false;
        return changed;
    }

    /// <summary>A new node, folded itself, at the end of the block.</summary>
    private IrNode Emit(IrOp op, params IrNode[] inputs)
    {
        IrNode node = graph.NewNode(op, IrOpInfo.Of(op).Result, inputs);
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

    /// <summary>The result of a line, which is counted if anyone counts.</summary>
    private FoldResult Applied(int line, FoldResult result)
    {
        if (graph.FoldCounts is { } counts)
        {
            counts[line]++;
        }

        return result;
    }

    private FoldResult UseInt(long value) => FoldResult.Use(constants.Int(value));

    private FoldResult UseFloat(double value) => FoldResult.Use(constants.Float(value));

    private FoldResult UseBool(bool value) => FoldResult.Use(constants.Bool(value));

    private FoldResult UseExact(long? value) => value is { } fits ? UseInt(fits) : FoldResult.Exit;

    private FoldResult UseIfKnown(bool? value) => value is { } known ? UseBool(known) : FoldResult.Keep;

    private static double FloatOf(long bits) => BitConverter.Int64BitsToDouble(bits);
}
