using System;
using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>
/// Finds out whether several iterations of an innermost loop can be computed at once: one path, with branches that join again at once, over
/// elements of lists of ints and floats at places that move with the index.
/// </summary>
internal sealed class VectorLoopReader(IrGraph graph, IrOrder order, IrLoops loops)
{
    /// <summary>A longer body has enough work that is independent of its iterations, and its vectors would not fit the registers.</summary>
    private const int MaxItems = 40;

    /// <summary>So many additions to sums fit an int; see <see cref="VectorCode"/>.</summary>
    private const int MaxAdditions = 16;

    /// <summary>The loop; null if it is no such loop.</summary>
    public VectorLoop? Read(IrLoop loop)
    {
        if (loop.PreheaderEdge is not { From.End: IrEnd.Jump } || loop.Head.Parameters.Count == 0)
        {
            return null;
        }

        VectorLoop result = new(loop);
        return ReadBody(result) && ReadParameters(result) && VectorNeeds.Fit(result, IsInside) && VectorAliases.Fit(result) ? result : null;
    }

    /// <summary>Whether a value is computed in the loop.</summary>
    private bool IsInside(VectorLoop loop, IrNode node) => loops.Contains(loop.Loop, node.Block!);

    /// <summary>Collects the items from the head to the back-edge.</summary>
    private bool ReadBody(VectorLoop loop)
    {
        IrBlock head = loop.Loop.Head;
        IrBlock block = head;
        do
        {
            if (!ReadNodes(loop, block, null, false))
            {
                return false;
            }

            IrBlock? next = block.First?.Target;
            if (block.End == IrEnd.Branch)
            {
                bool isFirst = loops.Contains(loop.Loop, block.First!.Target);
                bool isSecond = loops.Contains(loop.Loop, block.Second!.Target);
                next = isFirst && isSecond ? ReadPaths(loop, block)
                    : ReadEnd(loop, block.Value!, isFirst) ? (isFirst ? block.First : block.Second).Target
                    : null;
            }
            else if (block.End != IrEnd.Jump || !IsNext(block.First!.Target, head))
            {
                return false;
            }

            if (next is null)
            {
                return false;
            }

            block = next;
        }
        while (!ReferenceEquals(block, head));
        return loop.HasEnd || ReadEndOfGuard(loop);
    }

    /// <summary>
    /// Finds a guard that ends the loop, which no branch does. A pass need not test it, because in all its iterations the index is below
    /// the bound.
    /// </summary>
    private bool ReadEndOfGuard(VectorLoop loop)
    {
        VectorItem? end = loop.Items.Find(
            item => item is { Condition: null, Node.Op: IrOp.Guard or IrOp.GuardSpeculation } && ReadEnd(loop, item.Node.Inputs[0], true));
        return end is not null && loop.Items.Remove(end);
    }

    /// <summary>Whether a jump leads to the head, or to a block that only it leads to.</summary>
    private bool IsNext(IrBlock block, IrBlock head) => ReferenceEquals(block, head) || order.Incoming(block).Length == 1;

    private static bool ReadNodes(VectorLoop loop, IrBlock block, IrNode? condition, bool isNegated)
    {
        foreach (IrNode node in block.Nodes)
        {
            if (node.Op == IrOp.ChargeSteps && condition is null)
            {
                loop.Steps += node.Bits;
                continue;
            }

            bool isMemory = node.Family is IrFamily.ElementLoad or IrFamily.ElementStore;
            if (loop.Items.Count == MaxItems || !VectorTypes.Has(node) || (isMemory && condition is not null))
            {
                return false;
            }

            loop.Items.Add(new(node, condition, isNegated));
        }

        return true;
    }

    /// <summary>
    /// The condition under which the loop goes on: the index or the next one is below an int from outside, or not above it; or under
    /// which it ends: the index is above the int, or not below it.
    /// </summary>
    private bool ReadEnd(VectorLoop loop, IrNode condition, bool goesOn)
    {
        if (condition.Op is not (IrOp.LtInt or IrOp.LeInt) || loop.HasEnd)
        {
            return false;
        }

        IrNode compared = condition.Inputs[goesOn ? 0 : 1];
        IrNode bound = condition.Inputs[goesOn ? 1 : 0];
        IrNode index = compared is { Op: IrOp.AddInt, Inputs: [{ } before, { Op: IrOp.ConstInt, Bits: 1 }] } ? before : compared;
        if (IsInside(loop, bound) || !ReferenceEquals(index.Block, loop.Loop.Head) || index.Op != IrOp.Parameter)
        {
            return false;
        }

        (loop.Index, loop.Bound, loop.HasEnd) = (index, bound, true);
        return true;
    }

    /// <summary>Reads the two paths of a branch; the block where they join, or null if they do other things.</summary>
    private IrBlock? ReadPaths(VectorLoop loop, IrBlock block)
    {
        IrEdge? first = ReadPath(loop, block, block.First!, block.Second!.Target, isNegated: false);
        IrEdge? second = ReadPath(loop, block, block.Second!, block.First!.Target, isNegated: true);
        if (first is null || second is null || !ReferenceEquals(first.Target, second.Target))
        {
            return null;
        }

        IrBlock join = first.Target;
        bool isHead = ReferenceEquals(join, loop.Loop.Head);
        if (!isHead && order.Incoming(join).Length != 2)
        {
            return null;
        }

        for (int i = 0; i < join.Parameters.Count; i++)
        {
            IrNode joined = isHead ? NextOf(loop, join.Parameters[i], first.Arguments[i], second.Arguments[i]) : join.Parameters[i];
            if (!isHead || !ReferenceEquals(first.Arguments[i], second.Arguments[i]))
            {
                loop.Items.Add(new(joined, block.Value, false, first.Arguments[i], second.Arguments[i]));
            }
        }

        return join;
    }

    /// <summary>
    /// What a parameter of the head becomes where both paths lead to the next iteration: one value, or a node that stands for the two.
    /// </summary>
    private IrNode NextOf(VectorLoop loop, IrNode parameter, IrNode first, IrNode second)
    {
        IrNode next = first;
        if (!ReferenceEquals(first, second))
        {
            next = graph.NewNode(IrOp.Parameter, parameter.Type);
            next.Block = loop.Loop.BackEdges[0].From;
        }

        loop.Nexts.Add(next);
        return next;
    }

    /// <summary>The edge by which a path comes to the join.</summary>
    private IrEdge? ReadPath(VectorLoop loop, IrBlock block, IrEdge edge, IrBlock other, bool isNegated)
    {
        IrBlock target = edge.Target;
        bool isJoin = ReferenceEquals(target, other) || order.Incoming(target).Length > 1;
        return isJoin ? edge
            : target.End == IrEnd.Jump && ReadNodes(loop, target, block.Value, isNegated) ? target.First
            : null;
    }

    private bool ReadParameters(VectorLoop loop)
    {
        IrBlock head = loop.Loop.Head;
        for (int i = 0; i < head.Parameters.Count; i++)
        {
            IrNode parameter = head.Parameters[i];
            IrNode next = loop.Nexts.Count > 0 ? loop.Nexts[i] : loop.Loop.BackEdges[0].Edge.Arguments[i];
            if (RoleOf(loop, parameter, next) is not { } role)
            {
                return false;
            }

            IrNode? candidate = role is not (VectorRole.Least or VectorRole.Greatest) ? null
                : next.Op == IrOp.Call ? next.Inputs[1]
                : loop.Items.Find(item => ReferenceEquals(item.Node, next))!.First;
            loop.Parameters.Add(new(parameter, role, next, candidate));
        }

        return loop.Steps > 0;
    }

    private VectorRole? RoleOf(VectorLoop loop, IrNode parameter, IrNode next)
    {
        if (ReferenceEquals(parameter, loop.Index))
        {
            bool growsByOne = next is { Op: IrOp.AddInt, Inputs: [{ } index, { Op: IrOp.ConstInt, Bits: 1 }] }
                && ReferenceEquals(index, parameter);
            loop.Next = growsByOne ? next : loop.Next;
            return growsByOne ? VectorRole.Index : null;
        }

        return next.Op is IrOp.LoadInt or IrOp.LoadFloat && !IsInside(loop, next.Inputs[0]) ? VectorRole.Element
            : IsSum(loop, parameter, next) ? VectorRole.Sum
            : ExtremeOf(loop, parameter, next);
    }

    /// <summary>
    /// Whether a parameter is a sum: terms are added to it, on one path or another, and nothing else uses it or what becomes of it.
    /// </summary>
    private static bool IsSum(VectorLoop loop, IrNode parameter, IrNode next)
    {
        HashSet<IrNode> sums = new(ReferenceEqualityComparer.Instance) { parameter };
        int additions = 0;
        foreach (VectorItem item in loop.Items)
        {
            IrNode node = item.Node;
            int uses = item.IsChoice ? Count(sums, item.First!, item.Second!) : Array.FindAll(node.Inputs, sums.Contains).Length;
            if (uses == 0)
            {
                continue;
            }

            bool isAddition = node.Row.Unchecked == IrOp.AddInt && uses == 1;
            bool isChoice = item.IsChoice && uses == 2;
            additions += isAddition ? 1 : 0;
            if ((!isAddition && !isChoice) || additions > MaxAdditions)
            {
                return false;
            }

            sums.Add(node);
        }

        bool isSum = additions > 0 && sums.Contains(next);
        if (isSum)
        {
            loop.Sums.UnionWith(sums);
        }

        return isSum;
    }

    private static int Count(HashSet<IrNode> set, IrNode first, IrNode second) =>
        (set.Contains(first) ? 1 : 0) + (set.Contains(second) ? 1 : 0);

    /// <summary>Whether a parameter is replaced by a number when that is less, or greater, and nothing else uses it.</summary>
    private static VectorRole? ExtremeOf(VectorLoop loop, IrNode parameter, IrNode next)
    {
        List<VectorItem> users = loop.Items.FindAll(item => Uses(item, parameter) || Uses(item, next));
        if (users.Count == 1 && ReferenceEquals(users[0].Node, next) && next.Op == IrOp.Call)
        {
            bool isFirst = next.Inputs is [{ } first, { } second]
                && ReferenceEquals(first, parameter) && !ReferenceEquals(second, parameter);
            return !isFirst ? null
                : ReferenceEquals(next.Payload, RegionHelpers.LesserOfInts) || ReferenceEquals(next.Payload, RegionHelpers.LesserOfFloats)
                    ? VectorRole.Least
                : ReferenceEquals(next.Payload, RegionHelpers.GreaterOfInts) || ReferenceEquals(next.Payload, RegionHelpers.GreaterOfFloats)
                    ? VectorRole.Greatest
                : null;
        }

        VectorItem? choice = users.Find(item => ReferenceEquals(item.Node, next));
        if (users.Count != 2 || choice is not { IsChoice: true } || choice.Condition is not { Inputs: [{ } less, { } more] } condition
            || condition.Op is not (IrOp.LtInt or IrOp.LeInt or IrOp.LtFloat or IrOp.LeFloat)
            || !ReferenceEquals(choice.Second, parameter) || ReferenceEquals(choice.First, parameter))
        {
            return null;
        }

        return ReferenceEquals(less, choice.First) && ReferenceEquals(more, parameter) ? VectorRole.Least
            : ReferenceEquals(more, choice.First) && ReferenceEquals(less, parameter) ? VectorRole.Greatest
            : null;
    }

    private static bool Uses(VectorItem item, IrNode node) =>
        Array.IndexOf(item.Node.Inputs, node) >= 0 || ReferenceEquals(item.First, node) || ReferenceEquals(item.Second, node);
}
