using System.Collections.Generic;
using System.Reflection;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// Decides in which blocks the step budget is in a local: in loops without calls. With the budget in memory, every iteration waits for the
/// store of the previous one for some five cycles, which is longer than many loop bodies take. The code loads the budget in the preheader
/// of such a loop and stores it after the loop and at every exit. Across calls a local gains nothing: the CLR's compiler keeps values that
/// live across calls in memory, beyond the first five.
/// </summary>
internal sealed class BudgetPlan
{
    private readonly HashSet<IrBlock> _withLocal = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<IrBlock> _storesFirst = new(ReferenceEqualityComparer.Instance);

    /// <param name="graph">The region.</param>
    /// <param name="order">Its blocks.</param>
    /// <param name="mayUseLocal">Whether it is one method, so that its blocks share locals.</param>
    public BudgetPlan(IrGraph graph, IrOrder order, bool mayUseLocal = true)
    {
        if (!mayUseLocal)
        {
            return;
        }

        IrLoops loops = IrLoops.Of(graph, order, IrDominators.Of(order));
        foreach (IrLoop loop in loops.All)
        {
            if ((loop.Parent is null || !_withLocal.Contains(loop.Parent.Head)) && CanUseLocal(loop))
            {
                Add(loop);
            }
        }
    }

    /// <summary>Whether the budget is in the local throughout a block.</summary>
    public bool IsInLocal(IrBlock block) => _withLocal.Contains(block);

    /// <summary>Whether a block begins with a store of the budget, because its predecessors have it in the local.</summary>
    public bool StoresFirst(IrBlock block) => _storesFirst.Contains(block);

    private void Add(IrLoop loop)
    {
        _withLocal.UnionWith(loop.Blocks);
        foreach (IrBlock block in loop.Blocks)
        {
            foreach (IrEdge edge in block.Successors)
            {
                if (block.End == IrEnd.Branch && !loop.Blocks.Contains(edge.Target))
                {
                    _storesFirst.Add(edge.Target);
                }
            }
        }
    }

    /// <summary>
    /// Whether a loop charges steps and calls nothing, and has a place for the load. Edge splitting has made a place for each store.
    /// </summary>
    private static bool CanUseLocal(IrLoop loop)
    {
        if (loop.PreheaderEdge is not { From.End: IrEnd.Jump })
        {
            return false;
        }

        bool charges = false;
        foreach (IrBlock block in loop.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                charges |= node.Op is IrOp.ChargeSteps or IrOp.TakeSteps;
                if (IsCall(node))
                {
                    return false;
                }
            }
        }

        return charges;
    }

    /// <summary>
    /// Whether a node becomes a call in machine code: of a method that is not inlined, an allocator, a write barrier, or <c>fmod</c>.
    /// </summary>
    private static bool IsCall(IrNode node)
    {
        if (node.Payload is RegionHelper helper && node.Op == IrOp.Call)
        {
            return helper.TakesContext || (helper.Method.Info.MethodImplementationFlags & MethodImplAttributes.AggressiveInlining) == 0;
        }

        return node.Has(IrTraits.CallsMethod) || (node.Effects & IrEffects.Observes) != 0
            || (node.Has(IrTraits.StoresValue) && !IsNumber(node.Inputs[^1]));
    }

    /// <summary>Whether a value is certainly a number, so that storing it needs no write barrier.</summary>
    private static bool IsNumber(IrNode value) => value.Family == IrFamily.Box && value.Op != IrOp.BoxObject;
}
