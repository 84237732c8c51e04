using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Reuse;

/// <summary>
/// Gives back objects that nothing can refer to any more, so that the engine uses them again: where control leaves the code that the
/// definition of an object dominates, as at the end of the iteration that makes it.
/// <code>
///   block2: v3: List = NewList …             block2: v3: List = NewList …
///   …                                        …
///   block4: jump block1                      block4: v9: Int = ConstInt 1 ; Call GiveBack v3, v9 ; jump block1
/// </code>
/// </summary>
/// <remarks>
/// <see cref="ObjectTracking"/> finds the objects that do not escape. Snapshots may have them: an exit hands an object over to the
/// interpreter, and then nobody gives it back. The argument of an edge makes an object escape, so that all others are used only in code
/// that their definition dominates. Control leaves this code once for each object that was made, by an edge or by returning. An escape
/// analysis after Choi and others, "Escape Analysis for Java" (1999), with levels of content in the place of a graph of objects.
/// </remarks>
internal sealed class DeadObjects : IIrPass
{
    /// <summary>The most levels that are given back with an object: it, what it contains, and what that contains.</summary>
    private const int MaxLevels = 3;

    public string Name => "dead-objects";

    public bool Run(IrGraph graph)
    {
        if (!graph.ReusesObjects)
        {
            return false;
        }

        IrOrder order = IrOrder.Of(graph);
        IrDominators dominators = IrDominators.Of(order);
        List<(IrNode Node, int Levels)> dead = [];
        foreach (TrackedObject o in new ObjectTracking(graph, order, dominators).All)
        {
            if (o is { Escapes: false, Owner: null })
            {
                dead.Add((o.Node, o.Levels(MaxLevels)));
            }
        }

        bool changed = false;
        foreach (IrBlock block in order.Blocks)
        {
            foreach ((IrNode node, int levels) in dead)
            {
                if (IsDeadBehind(block, node.Block!, dominators))
                {
                    GiveBack(graph, node, levels, block);
                    changed = true;
                }
            }
        }

        return changed;
    }

    /// <summary>
    /// Whether control leaves, at the end of a block, the code that another one dominates. Only jumps lead to blocks with several
    /// predecessors, and no other blocks begin code that is not dominated.
    /// </summary>
    private static bool IsDeadBehind(IrBlock block, IrBlock definition, IrDominators dominators) =>
        dominators.Dominates(definition, block) && block.End switch
        {
            IrEnd.Return => true,
            IrEnd.Jump => block.First!.Target == definition || !dominators.Dominates(definition, block.First.Target),
            IrEnd.Branch or IrEnd.Exit or IrEnd.Open => false,
        };

    private static void GiveBack(IrGraph graph, IrNode node, int levels, IrBlock end)
    {
        IrNode constant = graph.NewNode(IrOp.ConstInt, IrType.Int);
        constant.Bits = levels;
        IrNode call = graph.NewNode(IrOp.Call, IrType.None, node, constant);
        call.Payload = RegionHelpers.GiveBack;
        foreach (IrNode each in new[] { constant, call })
        {
            each.Block = end;
            end.Nodes.Add(each);
        }
    }
}
