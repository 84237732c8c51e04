using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Ir;

/// <summary>
/// Checks that a graph follows the rules of the IR: the table's rows, SSA form, types, ends of blocks, loop heads, and the rule of
/// snapshots (<see cref="SnapshotRule"/>). Tests and debugging use it; compilation does not.
/// </summary>
internal sealed partial class IrVerifier
{
    private readonly IrGraph _graph;
    private readonly List<string> _faults = [];

    /// <summary>The position of each value in its block, parameters before all nodes; -1 for a value in no block.</summary>
    private readonly int[] _positions;

    private IrVerifier(IrGraph graph)
    {
        _graph = graph;
        _positions = new int[graph.NodeCount];
        Array.Fill(_positions, -1);
    }

    /// <summary>The faults of the graph, one sentence each.</summary>
    public static IReadOnlyList<string> Verify(IrGraph graph)
    {
        IrVerifier verifier = new(graph);
        verifier.CheckBlocks();
        if (verifier._faults.Count == 0)
        {
            verifier.CheckNodes();
            verifier.CheckFlow();
        }

        return verifier._faults;
    }

    /// <summary>Throws when the graph has faults.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The builder or pass that made it.</param>
    /// <exception cref="InvalidOperationException">The graph has faults; the message has all of them and the graph.</exception>
    public static void Check(IrGraph graph, string stage)
    {
        IReadOnlyList<string> faults = Verify(graph);
        if (faults.Count > 0)
        {
            throw new InvalidOperationException($"IR is wrong after {stage}:\n{string.Join('\n', faults)}\n{IrPrinter.Print(graph)}");
        }
    }

    private void Fault(IrBlock block, string message) => _faults.Add($"block{block.Id}: {message}");

    private void Fault(IrNode node, string message) => _faults.Add($"block{node.Block?.Id}: {IrPrinter.Print(node)}: {message}");

    /// <summary>Checks ids, ends and edges, on which all other checks rely.</summary>
    private void CheckBlocks()
    {
        IrBlock?[] byId = new IrBlock?[_graph.BlockCount];
        foreach (IrBlock block in _graph.Blocks)
        {
            if (block.Id < 0 || block.Id >= byId.Length || byId[block.Id] is not null)
            {
                Fault(block, "the block's id is used twice or was not assigned by the graph");
                return;
            }

            byId[block.Id] = block;
        }

        if (_graph.Blocks.Count == 0 || _graph.Entry.Parameters.Count > 0)
        {
            _faults.Add("a graph must begin with an entry block without parameters");
            return;
        }

        foreach (IrBlock block in _graph.Blocks)
        {
            Define(block);
            CheckEnd(block);
            CheckEdge(block, block.First, byId);
            CheckEdge(block, block.Second, byId);
        }

        if (_faults.Count == 0)
        {
            CheckSnapshotIds();
        }
    }

    private void Define(IrBlock block)
    {
        for (int i = 0; i < block.Parameters.Count; i++)
        {
            Define(block, block.Parameters[i], 0);
        }

        for (int i = 0; i < block.Nodes.Count; i++)
        {
            Define(block, block.Nodes[i], i + 1);
        }
    }

    private void Define(IrBlock block, IrNode node, int position)
    {
        if (node.Id < 0 || node.Id >= _positions.Length || _positions[node.Id] >= 0)
        {
            Fault(node, $"its id {node.Id} is used twice or was not assigned by the graph");
            return;
        }

        _positions[node.Id] = position;
        if (!ReferenceEquals(node.Block, block))
        {
            Fault(block, $"v{node.Id} is in this block, but its block is {(node.Block is null ? "not set" : $"block{node.Block.Id}")}");
        }

        if (node.Op == IrOp.Parameter != (position == 0))
        {
            Fault(node, "parameters, and nothing else, must be in the block's head");
        }
    }

    private void CheckEnd(IrBlock block)
    {
        (bool value, bool first) = (block.Value is not null, block.First is not null);
        (bool second, bool exit) = (block.Second is not null, block.Exit is not null);
        bool isComplete = block.End switch
        {
            IrEnd.Jump => !value && first && !second && !exit,
            IrEnd.Branch => value && first && second && !exit && !ReferenceEquals(block.First, block.Second),
            IrEnd.Return => !first && !second && !exit && value == (_graph.ResultType != IrType.None),
            IrEnd.Exit => !value && !first && !second && exit,
            IrEnd.Open => false,
        };
        if (!isComplete)
        {
            Fault(block, $"the end {block.End} lacks a part, or has one that does not belong to it");
        }

        if (block.End == IrEnd.Return && _graph.Kind != RegionKind.Entry)
        {
            Fault(block, "a loop region can only end with exits");
        }
    }

    private void CheckEdge(IrBlock block, IrEdge? edge, IrBlock?[] byId)
    {
        if (edge is null)
        {
            return;
        }

        IrBlock target = edge.Target;
        if (target.Id < 0 || target.Id >= byId.Length || !ReferenceEquals(byId[target.Id], target))
        {
            Fault(block, $"an edge leads to block{target.Id}, which is not in the graph");
            return;
        }

        if (edge.Arguments.Length != target.Parameters.Count)
        {
            Fault(block, $"the edge to block{target.Id} passes {edge.Arguments.Length} values for {target.Parameters.Count} parameters");
            return;
        }

        for (int i = 0; i < edge.Arguments.Length; i++)
        {
            IrNode parameter = target.Parameters[i];
            IrNode argument = edge.Arguments[i];
            if (argument.Type != parameter.Type)
            {
                Fault(
                    block,
                    $"the edge to block{target.Id} passes v{argument.Id} of type {argument.Type} " +
                    $"for v{parameter.Id} of type {parameter.Type}");
            }
            else if (parameter.Shape is not null && argument.Shape is not null && !ReferenceEquals(parameter.Shape, argument.Shape))
            {
                Fault(block, $"the edge to block{target.Id} passes a {argument.Shape.Name} for v{parameter.Id}, a {parameter.Shape.Name}");
            }
        }
    }

    private void CheckSnapshotIds()
    {
        Snapshot?[] byId = new Snapshot?[_graph.SnapshotCount];
        foreach (Snapshot snapshot in _graph.Blocks.SelectMany(ExitsOf))
        {
            if (snapshot.Id < 0 || snapshot.Id >= byId.Length || (byId[snapshot.Id] is { } other && !ReferenceEquals(other, snapshot)))
            {
                _faults.Add($"s{snapshot.Id}: the snapshot's id is used twice or was not assigned by the graph");
                return;
            }

            byId[snapshot.Id] = snapshot;
        }
    }

    private static IEnumerable<Snapshot> ExitsOf(IrBlock block) =>
        block.Nodes.Select(node => node.Exit).Append(block.Exit).Append(block.HeadSnapshot).OfType<Snapshot>();
}
