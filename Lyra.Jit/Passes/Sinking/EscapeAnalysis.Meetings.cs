using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <content>
/// Instructions that the interpreter executes in the middle of a region. It gets objects that exist, and may change the fields of those that do.
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
                if (node.Op == IrOp.Interpret)
                {
                    _interpreted.Add(node);
                }
            }
        }
    }

    /// <summary>
    /// Whether an object can be made before an instruction that the interpreter executes, and looked at anew behind it: one that not every iteration
    /// comes to, in the root frame, whose registers are all in the interpreter's stack behind it, and behind which control always goes on at one place: nothing
    /// asks how it came out. That of one that only throws is its handler.
    /// </summary>
    private bool CanMeet(VirtualObject o, IrNode interpret) =>
        interpret.Exit!.Frames.Length == 1 && _graphUses.CountOf(interpret) == 0 && !IsInEveryIteration(o, interpret.Block!);

    /// <summary>Notes the instructions behind which the object, which may be real, is still wanted; false when it can't meet one of them.</summary>
    private bool CanMeetAll(VirtualObject o, ObjectLiveness liveness)
    {
        o.Meetings.Clear();
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

            o.Meetings.Add(interpret);
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
