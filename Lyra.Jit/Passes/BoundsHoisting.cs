using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Checks once in front of a loop what index guards in it would check in each iteration, where the index is known to be below a limit that stays the
/// same, and the length stays the same, too:
/// <code>
///   block1(v4: Int) loop: ... branch LtInt v4, v3 ... GuardIndex v4, v7 exit s2   ; in front: v8 = LeInt v3, v7; GuardBet v8 exit s1
/// </code>
/// </summary>
/// <remarks>
/// The idea is that of loop predication (Hotspot's C2) and of Bodík, Gupta and Sarkar's ABCD. The script makes no such check: a loop that is left before it comes to
/// the limit may be right though the limit is beyond the length. So each is a bet; once it was lost the next loop inwards is tried for what it covered. Needs <see cref="IrBlock.HeadSnapshot"/>; stands behind loop-invariants, which brings lengths out of loops.
/// </remarks>
internal sealed class BoundsHoisting : IIrPass
{
    public string Name => "bounds-hoisting";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        IrLoops loops = IrLoops.Of(graph, order, IrDominators.Of(order));
        if (!HasIndexInLoop(loops))
        {
            return false;
        }

        RangeWalk walk = new(graph, new Bets(graph, loops));
        return walk.Run();
    }

    private static bool HasIndexInLoop(IrLoops loops)
    {
        foreach (IrLoop loop in loops.All)
        {
            foreach (IrBlock block in loop.Blocks)
            {
                if (block.Nodes.Exists(node => node.Op == IrOp.GuardIndex))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The bets that stand for the index guards of a graph.</summary>
    internal sealed class Bets(IrGraph graph, IrLoops loops)
    {
        private readonly RangeBets _ranges = new(graph, loops);

        /// <summary>Larger constants are no bounds of indices that anybody had in mind.</summary>
        private const int LargestConstant = 0xFFFF;

        private readonly Dictionary<(IrBlock Before, IrNode? Limit, IrNode? Length, long By), IrNode> _made = [];

        /// <summary>
        /// Whether a bet in front of a loop stands for an index guard from now on; of the loops around it the outermost in front of which all that it
        /// takes is known.
        /// </summary>
        /// <param name="guard">The guard, where the walk is.</param>
        /// <param name="walk">What is known there.</param>
        public bool Cover(IrNode guard, RangeWalk walk)
        {
            IrNode index = guard.Inputs[0];
            IrNode length = guard.Inputs[1];
            List<IrLoop> around = [];
            for (IrLoop? loop = loops.LoopOf(guard.Block!); loop is not null && !loops.Contains(loop, length.Block!); loop = loop.Parent)
            {
                around.Add(loop);
            }

            List<(int Other, long By)> above = walk.Above(index);
            List<(int Other, long By)> below = walk.Below(index);
            bool isNeverNegative = walk.Of(index).Min >= 0;
            for (long i = around.Count - 1 - guard.Bits; i >= 0; i--)
            {
                IrLoop loop = around[(int)i];
                if (TakesBets(loop) && Limit(loop, length, above, walk.Of(index), walk) is { } limit
                    && (isNeverNegative ? (null, 0) : Start(loop, below, walk)) is { } start)
                {
                    Place(loop, limit, length, start, guard);
                    return true;
                }
            }

            return guard.Bits == 0 && _ranges.Cover(guard, walk, around);
        }

        public static bool TakesBets(IrLoop loop) =>
            loop is { PreheaderEdge.From.End: IrEnd.Jump, Head: { HeadSnapshot: not null } };

        /// <summary>An int from outside the loop, or the int 0, and d, with index &lt;= it + d; null when there is none.</summary>
        private (IrNode? Node, long By)? Limit(IrLoop loop, IrNode length, List<(int Other, long By)> above, Interval index, RangeWalk walk)
        {
            // The first is the index itself, or what it is a constant away from.
            for (int i = 1; i < above.Count; i++)
            {
                (int other, long by) = above[i];
                if (walk.NodeOf(other) is { } node && !loops.Contains(loop, node.Block!) && (by is 0 or -1 || IsCount(length))
                    && (by < 0 || !ReferenceEquals(node, length)))
                {
                    return (node, by);
                }
            }

            return index.Max is >= 0 and <= LargestConstant and var max ? (null, max) : null;
        }

        /// <summary>An int from outside the loop, and d, with it &lt;= index + d; null when there is none.</summary>
        private (IrNode? Node, long By)? Start(IrLoop loop, List<(int Other, long By)> below, RangeWalk walk)
        {
            foreach ((int other, long by) in below)
            {
                if (walk.NodeOf(other) is { } node && !loops.Contains(loop, node.Block!))
                {
                    return (node, by);
                }
            }

            return null;
        }

        /// <summary>Whether a length is small enough for a constant to be added to it, wherever it is computed.</summary>
        private static bool IsCount(IrNode length) => length.Op is IrOp.ListCount or IrOp.TupleCount or IrOp.StrLength;

        private void Place(IrLoop loop, (IrNode? Node, long By) limit, IrNode length, (IrNode? Node, long By) start, IrNode covered)
        {
            IrBlock before = loop.PreheaderEdge!.Value.From;
            if (!_made.TryGetValue((before, limit.Node, length, limit.By), out IrNode? bet))
            {
                bet = Bet(loop, Fits(before, limit.Node, limit.By, length));
                _made.Add((before, limit.Node, length, limit.By), bet);
            }

            bet.Recorded = [.. bet.Recorded, .. covered.Recorded];
            if (start.Node is null)
            {
                return;
            }

            if (!_made.TryGetValue((before, start.Node, null, start.By), out bet))
            {
                // 0 <= start - by
                bet = Bet(loop, Emit(before, IrOp.LeInt, Constant(start.By), start.Node));
                _made.Add((before, start.Node, null, start.By), bet);
            }

            bet.Recorded = [.. bet.Recorded, .. covered.Recorded];
        }

        /// <summary>limit + by &lt; length, without overflow.</summary>
        private IrNode Fits(IrBlock before, IrNode? limit, long by, IrNode length) => by switch
        {
            _ when limit is null => Emit(before, IrOp.LtInt, Constant(by), length),
            -1 => Emit(before, IrOp.LeInt, limit, length),
            0 => Emit(before, IrOp.LtInt, limit, length),
            _ => Emit(before, IrOp.LtInt, limit, Emit(before, IrOp.AddInt, length, Constant(-by))),
        };

        private IrNode Bet(IrLoop loop, IrNode condition)
        {
            IrNode guard = graph.NewNode(IrOp.GuardBet, IrType.None, condition);
            guard.Exit = loop.Head.HeadSnapshot;
            guard.Block = condition.Block;
            guard.Block!.Nodes.Add(guard);
            return guard;
        }

        private IrNode Emit(IrBlock block, IrOp op, IrNode x, IrNode y)
        {
            IrNode node = graph.NewNode(op, op == IrOp.AddInt ? IrType.Int : IrType.Bool, x, y);
            node.Block = block;
            block.Nodes.Add(node);
            return node;
        }

        private IrNode Constant(long value)
        {
            IrNode node = graph.NewNode(IrOp.ConstInt, IrType.Int);
            node.Bits = value;
            node.Block = graph.Entry;
            graph.Entry.Nodes.Insert(0, node);
            return node;
        }
    }
}
