using System.Collections.Generic;
using System.Reflection;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// Where the step budget lies in a local: in loops that call nothing. A budget in memory makes every iteration wait for the store of the one before
/// (some five cycles, more than many loops take). It is loaded in front of such a loop and stored behind it and on every exit. Across a call nothing
/// would be won, even of what does not look at the budget: the CLR's compiler keeps in memory what lives across calls, beyond the first five values.
/// </summary>
internal sealed class BudgetPlan
{
    private readonly HashSet<IrBlock> _quiet = [];
    private readonly HashSet<IrBlock> _storesFirst = [];

    public BudgetPlan(IrGraph graph, IrOrder order)
    {
        IrLoops loops = IrLoops.Of(graph, order, IrDominators.Of(order));
        foreach (IrLoop loop in loops.All)
        {
            if ((loop.Parent is null || !_quiet.Contains(loop.Parent.Head)) && IsQuiet(loop))
            {
                Add(loop);
            }
        }
    }

    /// <summary>Whether the budget is in the local throughout a block.</summary>
    public bool IsInLocal(IrBlock block) => _quiet.Contains(block);

    /// <summary>Whether a block begins with storing the budget: what leads to it has it in the local.</summary>
    public bool StoresFirst(IrBlock block) => _storesFirst.Contains(block);

    private void Add(IrLoop loop)
    {
        _quiet.UnionWith(loop.Blocks);
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

    /// <summary>Whether a loop charges steps, nothing in it is a call, and there is a place for the load (edge-splitting has made one for each store).</summary>
    private static bool IsQuiet(IrLoop loop)
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
                charges |= node.Op == IrOp.ChargeSteps;
                if (IsCall(node))
                {
                    return false;
                }
            }
        }

        return charges;
    }

    /// <summary>Whether a node is a call in machine code: of a method that is not put in line, of an allocator, of a write barrier, of fmod.</summary>
    private static bool IsCall(IrNode node) => node.Op switch
    {
        IrOp.Interpret or IrOp.CallHost or IrOp.CallRegion or IrOp.NewStruct or IrOp.NewClosure or IrOp.NewUpvalue or IrOp.NewTuple or IrOp.NewList or IrOp.MakeStruct or IrOp.MakeTuple or IrOp.MakeClosure or IrOp.ModFloat => true,
        IrOp.StoreValue or IrOp.StoreMapValue or IrOp.StoreField or IrOp.StoreUpvalue or IrOp.StoreVariable => node.Inputs[^1].Op is not (IrOp.BoxInt or IrOp.BoxFloat or IrOp.BoxBool),
        IrOp.Call => node.Payload is RegionHelper helper
            && (helper.TakesContext || (helper.Method.MethodImplementationFlags & MethodImplAttributes.AggressiveInlining) == 0),
        _ => false,
    };
}
