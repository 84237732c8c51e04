using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// Decides where each node is computed: at its position, into a local, or as part of the expression that uses it (rematerialized). Two
/// kinds of pure nodes are rematerialized: those with one use in the same block, and those that only snapshots use, which only an exit
/// computes.
/// </summary>
internal sealed class Placement
{
    private readonly int[] _uses;
    private readonly IrBlock?[] _useBlock;
    private readonly bool[] _needsLocal;

    public Placement(IrGraph graph, IReadOnlyList<IrBlock> blocks)
    {
        _uses = graph.Arena.Ints.Take(graph.NodeCount);
        _useBlock = graph.Arena.Blocks.Take(graph.NodeCount);
        _needsLocal = graph.Arena.Bools.Take(graph.NodeCount);
        foreach (IrBlock block in blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                // Parts of virtual objects are computed at exits, like other values of snapshots.
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
    public bool IsRematerialized(IrNode node)
    {
        if (node.IsConstant || node.IsVirtual || IsTransparent(node))
        {
            return true;
        }

        return node.Row.IsExpression && !node.IsInPlace
            && !_needsLocal[node.Id] && (_uses[node.Id] == 0 || (_uses[node.Id] == 1 && _useBlock[node.Id] == node.Block));
    }

    /// <summary>Whether a node has no code of its own, because its users read its input.</summary>
    public static bool IsTransparent(IrNode node) => node.Family == IrFamily.Box;

    private void CountInputs(IrNode node, IrBlock block)
    {
        // The users of a transparent node use its input, in whichever block they are.
        bool repeats = node.Has(IrTraits.RepeatsInputs) || IsTransparent(node);
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
