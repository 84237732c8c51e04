using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// Sinks allocations: an object that never escapes from the region is not made while the region runs. Its parts become values, and the
/// deoptimizer makes the object at exits that need it.
/// <code>
///   v5: Struct = NewStruct @Point v1, v2 exit s1      ; becomes ChargeMemory
///   v6: Any = LoadField v5 #0                         ; is v1
///   v7: Int = UnboxInt v3 exit s2                     ; s2 {r0 = v5}: becomes s2 {r0 = v8}
///   v8: Struct = VirtualStruct @Point nil, v1, v2
/// </code>
/// </summary>
/// <remarks>
/// Scalar replacement with escape analysis per use, after Stadler, Würthinger and Mössenböck, "Partial Escape Analysis and Scalar
/// Replacement for Java" (2014), on SSA form. Making objects at exits is LuaJIT's allocation sinking. <see cref="EscapeAnalysis"/> finds
/// the objects, and <see cref="SinkingRewriter"/> removes them. It is sound because every use of such an object is one that the rewriter
/// can express with its parts. The memory is charged where it was before (docs/decisions/0010). The time is quadratic in the number of
/// objects at worst, which is small.
/// </remarks>
internal sealed class AllocationSinking : IIrPass
{
    public string Name => "allocation-sinking";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        IrDominators dominators = IrDominators.Of(order);
        ObjectUses uses = ObjectUses.Of(order, dominators);
        if (uses.All.Count == 0)
        {
            return false;
        }

        IrLoops loops = IrLoops.Of(graph, order, dominators);
        EscapeAnalysis.Run(graph, order, dominators, loops, uses);
        if (!uses.All.Exists(o => o.IsCandidate))
        {
            return false;
        }

        SinkingRewriter.Run(graph, order, dominators, uses);
        return true;
    }
}
