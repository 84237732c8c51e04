using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// The order in which the values of a snapshot get their elements of the exit buffers: those first that most snapshots of the region have,
/// so that <see cref="SpillTree"/> finds long common beginnings.
/// </summary>
internal sealed class SpillOrder
{
    private readonly Placement _placement;

    /// <summary>The number of snapshots that have a value, by the node's id.</summary>
    private readonly int[] _counts;

    /// <summary>For each node, the number of the last traversal that met it.</summary>
    private readonly int[] _met;
    private readonly Comparison<IrNode> _compare;
    private readonly Comparison<IrNode> _compareInLine;
    private int _traversal;

    public SpillOrder(IrGraph graph, Placement placement)
    {
        _placement = placement;
        _counts = graph.Arena.Ints.Take(graph.NodeCount);
        _met = graph.Arena.Ints.Take(graph.NodeCount);
        _compare = (first, second) => Compare(first, second, GroupOf);
        _compareInLine = (first, second) => Compare(first, second, GroupInLineOf);
        List<IrNode> values = [];
        foreach (Snapshot snapshot in IrUses.SnapshotsOf(graph))
        {
            values.Clear();
            AddValues(snapshot, values);
            foreach (IrNode value in values)
            {
                _counts[value.Id]++;
            }
        }
    }

    /// <summary>The values of a snapshot, each once.</summary>
    public List<IrNode> ValuesOf(Snapshot snapshot)
    {
        List<IrNode> values = [];
        AddValues(snapshot, values);
        values.Sort(SpillPlan.StoresBitsInLine(values.FindAll(HasReference).Count) ? _compareInLine : _compare);
        return values;
    }

    /// <summary>
    /// The node whose value an exit stores for an unboxed node: the unit for a str that the exit makes of it, otherwise the node itself;
    /// null for constants and for objects that the exit makes.
    /// </summary>
    public IrNode? StoredFor(IrNode node)
    {
        if (node.IsVirtual || node.IsConstant)
        {
            return null;
        }

        bool isUnit = node.Op == IrOp.StrOfUnit && !node.Inputs[0].IsConstant && _placement.IsRematerialized(node);
        return isUnit ? node.Inputs[0] : node;
    }

    /// <summary>Floats are stored before the calls that store other values, because none of their registers survives a call.</summary>
    private static int GroupOf(IrNode value) => SpillPlan.PartsOf(value) == SpillParts.Float ? 1 : 0;

    /// <summary>So are bits where they are stored in line.</summary>
    private static int GroupInLineOf(IrNode value) => HasReference(value) ? 0 : 1 + GroupOf(value);

    private static bool HasReference(IrNode value) => (SpillPlan.PartsOf(value) & SpillParts.Reference) != 0;

    private int Compare(IrNode first, IrNode second, Func<IrNode, int> groupOf)
    {
        int byGroup = groupOf(first) - groupOf(second);
        int byCount = _counts[second.Id] - _counts[first.Id];
        return byGroup != 0 ? byGroup : byCount != 0 ? byCount : first.Id - second.Id;
    }

    private void AddValues(Snapshot snapshot, List<IrNode> values)
    {
        _traversal++;
        foreach (SnapshotFrame frame in snapshot.Frames)
        {
            if (frame.Closure is not null)
            {
                AddValue(frame.Closure, values);
            }

            foreach (SnapshotSlot slot in frame.Slots)
            {
                AddValue(slot.Value, values);
            }
        }
    }

    private void AddValue(IrNode value, List<IrNode> values)
    {
        IrNode node = IrRepresentation.Unboxed(value);
        if (node.IsVirtual && Meet(node))
        {
            foreach (IrNode part in node.Inputs)
            {
                AddValue(part, values);
            }
        }
        else if (StoredFor(node) is { } stored && Meet(stored))
        {
            values.Add(stored);
        }
    }

    private bool Meet(IrNode node)
    {
        bool isNew = _met[node.Id] != _traversal;
        _met[node.Id] = _traversal;
        return isNew;
    }
}
