using System.Collections.Generic;
using Lyra.Jit.Regions;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Tiering;

/// <summary>
/// The cells through which compiled code calls a proc, and the regions to notify when they change. The list of callers does not keep them
/// alive: they belong to scripts that may be collected long before the proc.
/// </summary>
internal sealed class ProcLinks
{
    private readonly List<EntryCell> _cells = [];
    private readonly Dictionary<EntryCell, WeakList<HotRegion>> _callers = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// The cell through which new code calls the proc: that of its region, or of the region that waits for a callee. Null when there is
    /// none. The compiler reads it on another thread.
    /// </summary>
    public EntryCell? Cell { get; private set; }

    /// <summary>The cells of all signatures that the proc has had.</summary>
    public IReadOnlyList<EntryCell> Cells => _cells;

    /// <summary>The regions that wait for the proc to be compiled.</summary>
    public WeakList<HotRegion> Waiting { get; } = new();

    /// <summary>The regions that call the proc through a cell, and would exit at each call if its code was dropped.</summary>
    public WeakList<HotRegion> CallersOf(EntryCell cell)
    {
        if (!_callers.TryGetValue(cell, out WeakList<HotRegion>? callers))
        {
            callers = new WeakList<HotRegion>();
            _callers.Add(cell, callers);
        }

        return callers;
    }

    /// <summary>Publishes the cell through which compiled code calls the proc.</summary>
    public void Publish(EntryCell cell)
    {
        if (!_cells.Contains(cell))
        {
            _cells.Add(cell);
        }

        Cell = cell;
    }

    /// <summary>Withdraws the cell: new code no longer calls the proc directly.</summary>
    public void Withdraw() => Cell = null;

    /// <summary>The cell of a signature; null when there is none.</summary>
    public EntryCell? Find(Ir.EntrySignature signature) => _cells.Find(known => known.Signature.Equals(signature));
}
