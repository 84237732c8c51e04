using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Tests.Unit.Jit;

/// <summary>
/// Sees the points of the snapshots that a run of a graph passes. Each is a state in which the region may exit, because a guard may fail
/// for no reason.
/// </summary>
internal sealed class SnapshotTrace
{
    private readonly Action<Snapshot, IrValues> _pass;
    private readonly HashSet<IrEdge> _entries = [];
    private Snapshot? _last;

    /// <param name="graph">The graph that is to run.</param>
    /// <param name="pass">Told each snapshot, with the values of the run so far.</param>
    public SnapshotTrace(IrGraph graph, Action<Snapshot, IrValues> pass)
    {
        _pass = pass;
        IrOrder order = IrOrder.Of(graph);
        foreach (IrLoop loop in IrLoops.Of(graph, order, IrDominators.Of(order)).All)
        {
            if (loop.PreheaderEdge is { } entry)
            {
                _entries.Add(entry.Edge);
            }
        }
    }

    /// <summary>A node or an end of a block with this snapshot comes next.</summary>
    public void At(Snapshot? snapshot, IrValues values)
    {
        if (snapshot is not null && !ReferenceEquals(snapshot, _last))
        {
            _last = snapshot;
            _pass(snapshot, values);
        }
    }

    /// <summary>The run goes to another block; to the head of a loop from outside it passes the snapshot of that head.</summary>
    public void Follow(IrEdge edge, IrValues values)
    {
        _last = null;
        if (_entries.Contains(edge))
        {
            At(edge.Target.HeadSnapshot, values);
        }
    }
}
