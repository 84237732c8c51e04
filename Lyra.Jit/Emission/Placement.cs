using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// Where the value of each node is computed: into a local at its place, or as part of the expression that uses it. The latter for pure nodes with
/// one use in the same block; and for pure nodes that only snapshots use, which are then computed when the region is left and not before.
/// </summary>
internal sealed class Placement
{
    private readonly int[] _uses;
    private readonly IrBlock?[] _useBlock;
    private readonly bool[] _needsLocal;

    public Placement(IrGraph graph, IReadOnlyList<IrBlock> blocks)
    {
        _uses = new int[graph.NodeCount];
        _useBlock = new IrBlock?[graph.NodeCount];
        _needsLocal = new bool[graph.NodeCount];
        foreach (IrBlock block in blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                // What only virtual objects are made of is computed at exits, like what only snapshots hold.
                if (!node.IsVirtual)
                {
                    CountInputs(node, block);
                }
            }

            if (block.Value is not null)
            {
                Use(block.Value, block);
            }

            foreach (IrEdge edge in block.Successors)
            {
                foreach (IrNode argument in edge.Arguments)
                {
                    Use(argument, block);
                }
            }
        }
    }

    /// <summary>Whether a node is computed where it is used.</summary>
    public bool IsDeferred(IrNode node)
    {
        if (node.IsConstant || node.IsVirtual || IsView(node))
        {
            return true;
        }

        if (node.Op is IrOp.Parameter or IrOp.Argument or IrOp.LoadRegister or IrOp.RootClosure || node.Effects != IrEffects.None || node.Reads != IrMemory.None
            || node.Writes != IrMemory.None || node.Op == IrOp.Call || node.Type == IrType.Any)
        {
            return false;
        }

        return !_needsLocal[node.Id] && (_uses[node.Id] == 0 || (_uses[node.Id] == 1 && _useBlock[node.Id] == node.Block));
    }

    /// <summary>Whether a node has no code of its own: it is another way to look at its input.</summary>
    public static bool IsView(IrNode node) => node.Op is IrOp.BoxInt or IrOp.BoxFloat or IrOp.BoxBool or IrOp.BoxObject;

    /// <summary>Operations that read an input more than once.</summary>
    private static bool RepeatsInputs(IrOp op) => op is IrOp.AddIntChecked or IrOp.SubIntChecked or IrOp.MulIntChecked or IrOp.NegIntChecked
        or IrOp.ShlIntChecked or IrOp.UnboxObject or IrOp.UnboxStruct or IrOp.LoadField or IrOp.StoreField or IrOp.LoadValue or IrOp.IsStruct;

    private void CountInputs(IrNode node, IrBlock block)
    {
        // A view is transparent: what uses it uses its input, from wherever that is.
        bool repeats = RepeatsInputs(node.Op) || IsView(node);
        foreach (IrNode input in node.Inputs)
        {
            Use(input, block);
            _needsLocal[input.Id] |= repeats;
        }
    }

    private void Use(IrNode node, IrBlock block)
    {
        _uses[node.Id]++;
        _useBlock[node.Id] = block;
    }
}
