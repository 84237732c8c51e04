using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Gives each edge of a branch to a block that others lead to as well a block of its own: there stands what the emitter does on this way alone, such
/// as storing the step budget behind a loop.
/// <code>
///   branch v1 block3 block4                  branch v1 block5 block4 ; block5: jump block3
/// </code>
/// </summary>
/// <remarks>Critical edges, as SSA textbooks call them. An empty block costs nothing: the CLR's compiler removes jumps to jumps.</remarks>
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

    /// <summary>An edge to a new block that goes on as the given edge does.</summary>
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
