using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// Charges the memory of virtual objects: once in front of the loop, for as many as can be there at a time. The interpreter charges each allocation, and walks the heap
/// when the charges pass the limit; what it raises then depends only on what can be reached. So charging less often moves the walk and nothing else, as long
/// as what is charged covers what can be reached: at any time each object has one of the names that stand for one, in nodes and parameters.
/// </summary>
internal sealed class MemoryReservation(IrGraph graph, IrLoops loops)
{
    private readonly Dictionary<IrLoop, long> _bytesOfLoop = [];

    /// <summary>Adds one object, which is being taken out of the graph.</summary>
    /// <returns>What charges it where it was made; null when a charge in front of a loop does.</returns>
    public IrNode? Add(VirtualObject o)
    {
        IrLoop? reserving = null;
        for (IrLoop? loop = loops.LoopOf(o.Node.Block!); loop is not null; loop = loop.Parent)
        {
            reserving = loop.PreheaderEdge is { From.End: IrEnd.Jump } && loop.Head.HeadSnapshot is not null ? loop : reserving;
        }

        if (reserving is not null)
        {
            _bytesOfLoop[reserving] = _bytesOfLoop.GetValueOrDefault(reserving) + o.Bytes;
            return null;
        }

        // Elsewhere each object is charged, under whatever name it goes on.
        return o.IsParameter ? null : Charge(o.Bytes, o.Node.Exit!, o.Node.Block!);
    }

    /// <summary>Puts the charges in front of the loops.</summary>
    public void Place()
    {
        foreach ((IrLoop loop, long bytes) in _bytesOfLoop)
        {
            IrBlock before = loop.PreheaderEdge!.Value.From;
            before.Nodes.Add(Charge(bytes, loop.Head.HeadSnapshot!, before));
        }
    }

    private IrNode Charge(long bytes, Snapshot exit, IrBlock block)
    {
        IrNode charge = graph.NewNode(IrOp.ReserveMemory, IrType.None);
        charge.Bits = bytes;
        charge.Exit = exit;
        charge.Block = block;
        return charge;
    }
}
