using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <content>
/// Interpreter call-outs in the middle of a region. The interpreter gets real objects and may change their fields.
/// </content>
internal sealed partial class EscapeAnalysis
{
    private readonly List<IrNode> _interpreted = [];

    private void FindInterpreted()
    {
        foreach (IrBlock block in _order.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (node.Op == IrOp.CallInterpreter)
                {
                    _interpreted.Add(node);
                }
            }
        }
    }

    /// <summary>
    /// Whether an object can be made before an interpreter call-out and its fields loaded again behind it. The call-out must not be in
    /// every iteration, must be in the root frame, whose registers are all in the interpreter's stack behind it, and must always continue
    /// at one place: its outcome is unused. A call-out that only throws continues at its handler.
    /// </summary>
    private bool CanMeet(VirtualObject o, IrNode interpret) =>
        interpret.Exit!.Frames.Length == 1 && _graphUses.CountOf(interpret) == 0 && !IsInEveryIteration(o, interpret.Block!);

    /// <summary>Notes the call-outs behind which an object that may be real is still live; false when one of them is unsuitable.</summary>
    private bool CanMeetAll(VirtualObject o, ObjectLiveness liveness)
    {
        o.Joins.Clear();
        foreach (IrNode interpret in _interpreted)
        {
            if (!_dominators.Dominates(o.Node.Block!, interpret.Block!) || !IsWantedBehind(o, interpret, liveness))
            {
                continue;
            }

            if (!CanMeet(o, interpret))
            {
                return false;
            }

            o.Joins.Add(interpret);
        }

        return true;
    }

    private bool IsWantedBehind(VirtualObject o, IrNode node, ObjectLiveness liveness)
    {
        IrBlock block = node.Block!;
        List<IrNode> nodes = block.Nodes;
        int position = nodes.IndexOf(node);
        if (ReferenceEquals(block, o.Node.Block) && nodes.IndexOf(o.Node) > position)
        {
            return false;
        }

        foreach (ObjectUse use in _uses.Of(o))
        {
            if (ReferenceEquals(use.Block, block) && (use.User is null || nodes.IndexOf(use.User) > position))
            {
                return true;
            }
        }

        foreach (IrEdge edge in block.Successors)
        {
            if (liveness.IsLiveAt(o, edge.Target))
            {
                return true;
            }
        }

        return false;
    }
}
