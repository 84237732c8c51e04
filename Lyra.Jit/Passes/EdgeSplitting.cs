using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Splits critical edges: an edge from a branch to a block with several predecessors gets a block of its own. The emitter puts there what
/// happens on this edge alone, such as storing the step budget behind a loop.
/// <code>
///   branch v1 block3 block4                  branch v1 block5 block4 ; block5: jump block3
/// </code>
/// </summary>
/// <remarks>An empty block costs nothing: the CLR's compiler removes jumps to jumps. Source: Muchnick (1997), §13.3.</remarks>
internal sealed class EdgeSplitting : IIrPass
{
    public string Name => "edge-splitting";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        bool changed = false;
        foreach (IrBlock block in order.Blocks)
        {
            if (block.End != IrEnd.Branch)
            {
                continue;
            }

            block.First = Split(graph, order, block.First!, ref changed);
            block.Second = Split(graph, order, block.Second!, ref changed);
        }

        return changed;
    }

    /// <summary>An edge to a new block, which jumps along the given edge.</summary>
    public static IrEdge Detour(IrGraph graph, IrEdge edge)
    {
        IrBlock detour = graph.NewBlock();
        detour.Origin = edge.Target.Origin;
        detour.End = IrEnd.Jump;
        detour.First = new IrEdge(edge.Target, [.. edge.Arguments]);
        return new IrEdge(detour, []);
    }

    private static IrEdge Split(IrGraph graph, IrOrder order, IrEdge edge, ref bool changed)
    {
        if (order.Incoming(edge.Target).Length == 1)
        {
            return edge;
        }

        changed = true;
        return Detour(graph, edge);
    }
}
