using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Speculates, where a loop over a range begins, that all elements of the range are indices inside a container. The sign of the step need
/// not be known: all elements lie between the first and the last, so they are inside when these two are.
/// <code>
///   block1(v1: Int, v2: Int) loop: v4 = LtInt 0, v2 ... v5 = AddInt v1, v3; GuardIndex v5, v7 exit s2 ... jump block1(v5, v2 - 1)
/// </code>
/// </summary>
internal sealed class RangeSpeculation(IrGraph graph, IrLoops loops)
{
    /// <summary>By the index and the length.</summary>
    private readonly Dictionary<ReferenceKey, IrNode> _made = new(ReferenceKey.Comparer);

    /// <summary>Replaces an index guard by a speculative guard; false when it is not about the elements of a range.</summary>
    /// <param name="guard">The guard that the walk has reached.</param>
    /// <param name="walk">What is known there.</param>
    /// <param name="around">The loops around it that do not compute the length.</param>
    public bool Cover(IrNode guard, RangeWalk walk, List<IrLoop> around)
    {
        if (guard.Inputs[0] is not { Op: IrOp.AddInt, Inputs: [{ Op: IrOp.Parameter } position, var step] } index)
        {
            return false;
        }

        IrLoop? loop = around.Find(candidate => ReferenceEquals(candidate.Head, position.Block));
        if (loop is null || !BoundsHoisting.Speculations.AllowsSpeculation(loop) || loops.Contains(loop, step.Block!)
            || !PassesBack(loop, position, index) || Remaining(loop, walk) is not { } remaining)
        {
            return false;
        }

        ReferenceKey key = new(index, 0, guard.Inputs[1]);
        if (!_made.TryGetValue(key, out IrNode? speculation))
        {
            speculation = Speculate(loop, [First(loop, position), step, First(loop, remaining), guard.Inputs[1]]);
            _made.Add(key, speculation);
        }

        speculation.Recorded = [.. speculation.Recorded, .. guard.Recorded];
        return true;
    }

    /// <summary>
    /// The counter of the remaining elements. It is still above 0, so the iteration has an element. Null when there is no such counter.
    /// </summary>
    private static IrNode? Remaining(IrLoop loop, RangeWalk walk)
    {
        foreach (IrNode parameter in loop.Head.Parameters)
        {
            if (parameter.Type == IrType.Int && walk.Of(parameter).Min >= 1
                && !loop.BackEdges.Exists(back => !IsOneLess(Argument(back, parameter), parameter)))
            {
                return parameter;
            }
        }

        return null;
    }

    private static bool IsOneLess(IrNode node, IrNode than) => ReferenceEquals(node.Inputs.Length == 2 ? node.Inputs[0] : null, than)
        && node is { Op: IrOp.AddInt, Inputs: [_, { Op: IrOp.ConstInt, Bits: -1 }] }
            or { Op: IrOp.SubInt, Inputs: [_, { Op: IrOp.ConstInt, Bits: 1 }] };

    /// <summary>Whether every back-edge passes the value for the parameter.</summary>
    private static bool PassesBack(IrLoop loop, IrNode parameter, IrNode value) =>
        !loop.BackEdges.Exists(back => !ReferenceEquals(Argument(back, parameter), value));

    private static IrNode First(IrLoop loop, IrNode parameter) => Argument(loop.PreheaderEdge!.Value, parameter);

    private static IrNode Argument(IncomingEdge edge, IrNode parameter) =>
        edge.Edge.Arguments[edge.Edge.Target.Parameters.IndexOf(parameter)];

    private IrNode Speculate(IrLoop loop, IrNode[] inputs)
    {
        IrBlock before = loop.PreheaderEdge!.Value.From;
        IrNode condition = graph.NewNode(IrOp.Call, IrType.Bool, inputs);
        condition.Payload = RegionHelpers.ElementsAreInside;
        IrNode speculation = graph.NewNode(IrOp.GuardSpeculation, IrType.None, condition);
        speculation.Exit = loop.Head.HeadSnapshot;
        foreach (IrNode node in (IrNode[])[condition, speculation])
        {
            node.Block = before;
            before.Nodes.Add(node);
        }

        return speculation;
    }
}
