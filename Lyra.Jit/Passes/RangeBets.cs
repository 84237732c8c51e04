using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Bets that all elements of a range are indices inside a container, made where a loop over the range begins. Which sign the step has need not be known:
/// what lies between the first and the last element is inside when these are.
/// <code>
///   block1(v1: Int, v2: Int) loop: v4 = LtInt 0, v2 ... v5 = AddInt v1, v3; GuardIndex v5, v7 exit s2 ... jump block1(v5, v2 - 1)
/// </code>
/// </summary>
internal sealed class RangeBets(IrGraph graph, IrLoops loops)
{
    private readonly Dictionary<(IrNode Index, IrNode Length), IrNode> _made = [];

    /// <summary>Whether a bet stands for an index guard from now on.</summary>
    /// <param name="guard">The guard, where the walk is.</param>
    /// <param name="walk">What is known there.</param>
    /// <param name="around">The loops around it of which the length stands outside.</param>
    public bool Cover(IrNode guard, RangeWalk walk, List<IrLoop> around)
    {
        if (guard.Inputs[0] is not { Op: IrOp.AddInt, Inputs: [{ Op: IrOp.Parameter } position, var step] } index)
        {
            return false;
        }

        IrLoop? loop = around.Find(candidate => ReferenceEquals(candidate.Head, position.Block));
        if (loop is null || !BoundsHoisting.Bets.TakesBets(loop) || loops.Contains(loop, step.Block!)
            || !Brings(loop, position, index) || Left(loop, walk) is not { } left)
        {
            return false;
        }

        if (!_made.TryGetValue((index, guard.Inputs[1]), out IrNode? bet))
        {
            bet = Bet(loop, [First(loop, position), step, First(loop, left), guard.Inputs[1]]);
            _made.Add((index, guard.Inputs[1]), bet);
        }

        bet.Recorded = [.. bet.Recorded, .. guard.Recorded];
        return true;
    }

    /// <summary>What counts the elements that are left down to 0, and is not there yet: so each iteration has one of its own. Null when nothing does.</summary>
    private static IrNode? Left(IrLoop loop, RangeWalk walk)
    {
        foreach (IrNode parameter in loop.Head.Parameters)
        {
            if (parameter.Type == IrType.Int && walk.Of(parameter).Min >= 1 && loop.BackEdges.TrueForAll(back => IsOneLess(Argument(back, parameter), parameter)))
            {
                return parameter;
            }
        }

        return null;
    }

    private static bool IsOneLess(IrNode node, IrNode than) => ReferenceEquals(node.Inputs.Length == 2 ? node.Inputs[0] : null, than)
        && node is { Op: IrOp.AddInt, Inputs: [_, { Op: IrOp.ConstInt, Bits: -1 }] } or { Op: IrOp.SubInt, Inputs: [_, { Op: IrOp.ConstInt, Bits: 1 }] };

    /// <summary>Whether every way back brings a value into a parameter.</summary>
    private static bool Brings(IrLoop loop, IrNode parameter, IrNode value) =>
        loop.BackEdges.TrueForAll(back => ReferenceEquals(Argument(back, parameter), value));

    private static IrNode First(IrLoop loop, IrNode parameter) => Argument(loop.PreheaderEdge!.Value, parameter);

    private static IrNode Argument(IncomingEdge edge, IrNode parameter) => edge.Edge.Arguments[edge.Edge.Target.Parameters.IndexOf(parameter)];

    private IrNode Bet(IrLoop loop, IrNode[] inputs)
    {
        IrBlock before = loop.PreheaderEdge!.Value.From;
        IrNode condition = graph.NewNode(IrOp.Call, IrType.Bool, inputs);
        condition.Payload = RegionHelpers.RangeIsInside;
        IrNode bet = graph.NewNode(IrOp.GuardBet, IrType.None, condition);
        bet.Exit = loop.Head.HeadSnapshot;
        foreach (IrNode node in (IrNode[])[condition, bet])
        {
            node.Block = before;
            before.Nodes.Add(node);
        }

        return bet;
    }
}
