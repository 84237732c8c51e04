using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Bets that an int from outside a loop, of which only small values were seen, is small: one guard in front of the loop, from which range analysis
/// learns that indices computed from counters below it, and their products, fit 64 bits.
/// <code>
///   v1: Int = UnboxInt v0 #1 exit s0 ... block2 loop: ... LtInt v5, v1   ; GuardSmall v1 exit s0 behind the first
/// </code>
/// </summary>
/// <remarks>Behind loop-invariants, which brings the ints out of the loops; in front of ranges. A bet that is lost is recorded, and not made again.</remarks>
internal sealed class SmallInts : IIrPass
{
    public string Name => "small-ints";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        IrLoops loops = IrLoops.Of(graph, order, IrDominators.Of(order));
        HashSet<IrNode> chosen = [];
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

    /// <summary>Of a counter of the loop, or a counter and a constant: what it begins with; of everything else: it.</summary>
    private static IrNode StartOf(IrNode node, IrLoop loop)
    {
        IrNode counter = node.Op is IrOp.AddInt or IrOp.AddIntChecked && node.Inputs[1].Op == IrOp.ConstInt ? node.Inputs[0] : node;
        int index = counter.Op == IrOp.Parameter ? loop.Head.Parameters.IndexOf(counter) : -1;
        return index >= 0 && loop.PreheaderEdge is { } entry ? entry.Edge.Arguments[index] : node;
    }

    /// <summary>Whether ranges of the operands are worth something: of limits, and of what is computed with a check.</summary>
    private static bool Gains(IrNode user) => user.Op is IrOp.LtInt or IrOp.LeInt || user.TakesFacts;
}
