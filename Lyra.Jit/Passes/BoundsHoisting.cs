using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Passes;

/// <summary>
/// Replaces index guards in a loop by one speculative guard in front of it, where the index is known to be below a loop-invariant limit,
/// and the length is loop-invariant:
/// <code>
///   block1(v4: Int) loop: ... branch LtInt v4, v3 ... GuardIndex v4, v7 exit s2   ; in front: v8 = LeInt v3, v7; GuardSpeculation v8 exit
/// s1
/// </code>
/// </summary>
/// <remarks>
/// This is loop predication, as in HotSpot's C2, with the constraints of Bodík, Gupta and Sarkar, "ABCD: Eliminating Array Bounds Checks on
/// Demand" (2000). It is sound because the guard exits to the state at the loop's head, before the loop has any effect. It is speculative
/// because the script makes no such check: a loop that ends before it reaches the limit is correct even if the limit is beyond the length.
/// After a failed speculation, the next version guards in front of the next inner loop instead. The pass needs <see
/// cref="IrBlock.HeadSnapshot"/> and runs after loop-invariants, which hoists lengths.
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

        RangeWalk walk = new(graph, new Speculations(graph, loops));
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

    /// <summary>The speculative guards that replace the index guards of a graph.</summary>
    internal sealed class Speculations(IrGraph graph, IrLoops loops)
    {
        private readonly RangeSpeculation _ranges = new(graph, loops);

        /// <summary>A larger constant is unlikely to bound an index on purpose.</summary>
        private const int LargestConstant = 0xFFFF;

        /// <summary>By the block before the loop, the difference, the limit or start, and the length.</summary>
        private readonly Dictionary<ReferenceKey, IrNode> _made = new(ReferenceKey.Comparer);

        /// <summary>
        /// Replaces an index guard by a speculative guard in front of the outermost loop around it before which everything that the guard
        /// compares is known. False when there is no such loop.
        /// </summary>
        /// <param name="guard">The guard that the walk has reached.</param>
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

            GrowableArray<(int Other, long By)> above = walk.Above(index);
            GrowableArray<(int Other, long By)> below = walk.Below(index);
            bool isNeverNegative = walk.Of(index).Min >= 0;
            for (long i = around.Count - 1 - guard.Bits; i >= 0; i--)
            {
                IrLoop loop = around[(int)i];
                if (AllowsSpeculation(loop) && Limit(loop, length, above, walk.Of(index), walk) is { } limit
                    && (isNeverNegative ? (null, 0) : Start(loop, below, walk)) is { } start)
                {
                    Place(loop, limit, length, start, guard);
                    return true;
                }
            }

            return guard.Bits == 0 && _ranges.Cover(guard, walk, around);
        }

        public static bool AllowsSpeculation(IrLoop loop) =>
            loop is { PreheaderEdge.From.End: IrEnd.Jump, Head: { HeadSnapshot: not null } };

        /// <summary>
        /// An int from outside the loop, or no node for the int 0, and d, with index &lt;= int + d; null when there is none. An index below
        /// an int is preferred to one below a constant, and that to one that may equal an int or exceed it: if that int is the length of
        /// another list, as for neighbours in lists of the same length, the speculation would fail.
        /// </summary>
        private (IrNode? Node, long By)? Limit(
            IrLoop loop, IrNode length, GrowableArray<(int Other, long By)> above, Interval index, RangeWalk walk)
        {
            (IrNode? Node, long By)? other = index.Max is >= 0 and <= LargestConstant and var max ? (null, max) : null;

            // The first is the index itself, or the int from which it differs by a constant.
            for (int i = 1; i < above.Count; i++)
            {
                long by = above[i].By;
                if (walk.NodeOf(above[i].Other) is not { } node || loops.Contains(loop, node.Block!)
                    || !(by is 0 or -1 || IsCount(length)))
                {
                    continue;
                }

                if (by < 0)
                {
                    return (node, by);
                }

                other ??= ReferenceEquals(node, length) ? null : (node, by);
            }

            return other;
        }

        /// <summary>An int from outside the loop, and d, with int &lt;= index + d; null when there is none.</summary>
        private (IrNode? Node, long By)? Start(IrLoop loop, GrowableArray<(int Other, long By)> below, RangeWalk walk)
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

        /// <summary>Whether adding a constant to a length cannot overflow, wherever it is computed.</summary>
        private static bool IsCount(IrNode length) => length.Row.Range == IrRange.Length;

        private void Place(IrLoop loop, (IrNode? Node, long By) limit, IrNode length, (IrNode? Node, long By) start, IrNode covered)
        {
            IrBlock before = loop.PreheaderEdge!.Value.From;
            ReferenceKey below = new(before, limit.By, limit.Node, length);
            if (!_made.TryGetValue(below, out IrNode? speculation))
            {
                speculation = Speculate(loop, Fits(before, limit.Node, limit.By, length));
                _made.Add(below, speculation);
            }

            speculation.Recorded = [.. speculation.Recorded, .. covered.Recorded];
            if (start.Node is null)
            {
                return;
            }

            ReferenceKey above = new(before, start.By, start.Node);
            if (!_made.TryGetValue(above, out speculation))
            {
                // 0 <= start - by
                speculation = Speculate(loop, Emit(before, IrOp.LeInt, Constant(start.By), start.Node));
                _made.Add(above, speculation);
            }

            speculation.Recorded = [.. speculation.Recorded, .. covered.Recorded];
        }

        /// <summary>limit + by &lt; length, without overflow.</summary>
        private IrNode Fits(IrBlock before, IrNode? limit, long by, IrNode length) => by switch
        {
            _ when limit is null => Emit(before, IrOp.LtInt, Constant(by), length),
            -1 => Emit(before, IrOp.LeInt, limit, length),
            0 => Emit(before, IrOp.LtInt, limit, length),
            _ => Emit(before, IrOp.LtInt, limit, Emit(before, IrOp.AddInt, length, Constant(-by))),
        };

        private IrNode Speculate(IrLoop loop, IrNode condition)
        {
            IrNode guard = graph.NewNode(IrOp.GuardSpeculation, IrType.None, condition);
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
