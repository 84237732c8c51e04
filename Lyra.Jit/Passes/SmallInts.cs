using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Speculates that an int from outside a loop is small, if the profile saw only small ones. From the guard in front of the loop, range
/// analysis learns that indices computed from counters below the int, and their products, fit 64 bits.
/// <code>
///   v1: Int = UnboxInt v0 #1 exit s0 ... block2 loop: ... LtInt v5, v1   ; GuardSmall v1 exit s0 behind the first
/// </code>
/// </summary>
/// <remarks>
/// It is sound because the guard exits where the unboxing before it would. It runs after loop-invariants, which hoists the unboxings, and
/// before range analysis. A failed speculation is recorded and not repeated.
/// </remarks>
internal sealed class SmallInts : IIrPass
{
    public string Name => "small-ints";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        IrLoops loops = IrLoops.Of(graph, order, IrDominators.Of(order));
        HashSet<IrNode> chosen = new(ReferenceEqualityComparer.Instance);
        foreach (IrLoop loop in loops.All)
        {
            foreach (IrBlock block in loop.Blocks)
            {
                foreach (IrNode node in block.Nodes)
                {
                    Choose(node, loop, loops, chosen);
                }
            }
        }

        foreach (IrNode node in chosen)
        {
            IrNode guard = graph.NewNode(IrOp.GuardSmall, IrType.None, node);
            guard.Block = node.Block;
            guard.Exit = node.Exit;
            List<IrNode> nodes = node.Block!.Nodes;
            nodes.Insert(nodes.IndexOf(node) + 1, guard);
            node.Bits = 0;
        }

        return chosen.Count > 0;
    }

    private static void Choose(IrNode user, IrLoop loop, IrLoops loops, HashSet<IrNode> chosen)
    {
        if (!Gains(user))
        {
            return;
        }

        foreach (IrNode input in user.Inputs)
        {
            IrNode operand = user.Op is IrOp.LtInt or IrOp.LeInt ? StartOf(input, loop) : input;
            if (operand is { Op: IrOp.UnboxInt, Bits: IrNode.SeenSmall } && !loops.Contains(loop, operand.Block!))
            {
                chosen.Add(operand);
            }
        }
    }

    /// <summary>The first value of a counter of the loop, or of a counter plus a constant; any other node itself.</summary>
    private static IrNode StartOf(IrNode node, IrLoop loop)
    {
        IrNode counter = node.Row.Unchecked == IrOp.AddInt && node.Inputs[1].Op == IrOp.ConstInt ? node.Inputs[0] : node;
        int index = counter.Op == IrOp.Parameter ? loop.Head.Parameters.IndexOf(counter) : -1;
        return index >= 0 && loop.PreheaderEdge is { } entry ? entry.Edge.Arguments[index] : node;
    }

    /// <summary>Whether the ranges of the operands help: those of limits, and those of checked arithmetic.</summary>
    private static bool Gains(IrNode user) => user.Op is IrOp.LtInt or IrOp.LeInt || user.TakesBounds;
}
