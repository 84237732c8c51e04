using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Removes blocks that only branch on their parameter: each predecessor branches on its own argument instead.
/// <code>
///   branch v1 block3 block2                  branch v1 block3 block2
///   block2: jump block4(v5)                  block2: branch v5 block7 block8
///   block3: jump block4(v6)                  block3: branch v6 block9 block10
///   block4(v7: Bool): branch v7 block5 block6   block7: jump block5 ; block8: jump block6 ...
/// </code>
/// </summary>
/// <remarks>
/// Such blocks come from <c>and</c>, <c>or</c> and <c>not</c> whose result passes through a variable or an inlined call.
/// Common-subexpressions and folding run next and decide the branches whose condition is known on their path. This is the case of jump
/// threading (Muchnick 1997, §18.11) that copies no code. It is sound because the removed block has no nodes, so no definition loses its
/// dominance.
/// </remarks>
internal sealed class JumpThreading : IIrPass
{
    public string Name => "jump-threading";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        IrUses uses = IrUses.Of(graph);
        bool changed = false;

        // Successors come first, so that a chain of such blocks collapses in one run.
        for (int i = order.Blocks.Length - 1; i >= 0; i--)
        {
            IrBlock block = order.Blocks[i];
            if (OnlyBranches(block, uses))
            {
                changed |= Thread(graph, block, order);
            }
        }

        if (changed)
        {
            IrRewriter.RemoveUnreachable(graph, IrOrder.Of(graph));
        }

        return changed;
    }

    private static bool OnlyBranches(IrBlock block, IrUses uses) =>
        block is { End: IrEnd.Branch, Nodes.Count: 0, Parameters.Count: 1, IsLoopHead: false }
        && block.Value == block.Parameters[0] && uses.CountOf(block.Parameters[0]) == 1
        && !block.First!.Target.IsLoopHead && !block.Second!.Target.IsLoopHead;

    private static bool Thread(IrGraph graph, IrBlock block, IrOrder order)
    {
        bool changed = false;
        foreach (IncomingEdge incoming in order.Incoming(block))
        {
            IrBlock from = incoming.From;
            if (from.End != IrEnd.Jump)
            {
                continue;
            }

            from.End = IrEnd.Branch;
            from.Value = incoming.Edge.Arguments[0];
            from.First = EdgeSplitting.Detour(graph, block.First!);
            from.Second = EdgeSplitting.Detour(graph, block.Second!);
            changed = true;
        }

        return changed;
    }
}
