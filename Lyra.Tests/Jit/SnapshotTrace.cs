using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit;

/// <summary>
/// Reports the snapshots whose points a run of a graph passes. The region may exit at each of them, because a guard may fail without cause.
/// </summary>
internal sealed class SnapshotTrace
{
    private readonly Action<Snapshot, IrValues> _pass;
    private readonly HashSet<IrEdge> _entries = [];
    private Snapshot? _last;

    /// <param name="graph">The graph that will run.</param>
    /// <param name="pass">Is told each snapshot, with the values of the run so far.</param>
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

    /// <summary>Called before a node or a block end that has this snapshot.</summary>
    public void At(Snapshot? snapshot, IrValues values)
    {
        if (snapshot is not null && !ReferenceEquals(snapshot, _last))
        {
            _last = snapshot;
            _pass(snapshot, values);
        }
    }

    /// <summary>Called when the run takes an edge. An edge that enters a loop passes the snapshot of the loop head.</summary>
    public void Follow(IrEdge edge, IrValues values)
    {
        _last = null;
        if (_entries.Contains(edge))
        {
            At(edge.Target.HeadSnapshot, values);
        }
    }
}
