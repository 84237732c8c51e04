using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>
/// Puts a loop in front of a loop over elements, which computes several iterations at once with vectors. The loop itself does the rest of
/// the iterations, and those of which a sum or a product does not fit.
/// <code>
///   jump block1(v1)                              jump block4            ; enough iterations?
///   block1(v2: Int) loop:                        block7(v9: Int) loop:  ; v9 + 8 iterations, and their steps, are left?
///     v3: Float = LoadFloat v4, v2                 v10: FloatVector = LoadFloats(v4, v9) ...
///     ...                                          jump block7(v11)
///                                                block1(v2: Int) loop: ...
/// </code>
/// </summary>
/// <remarks>
/// Source: Allen and Kennedy, "Optimizing Compilers for Modern Architectures" (2002), chapters 2 and 5; the loop for the rest and the tests
/// of the arrays are those of LLVM's loop vectorizer. It is sound because a pass of the new loop does what so many iterations do, or
/// nothing: it stores after it has found that no operation exits, and that the budget has the steps of all. Sums of floats are left alone,
/// because their result depends on the order.
/// </remarks>
internal sealed class LoopVectors : IIrPass
{
    public string Name => "loop-vectors";

    public bool Run(IrGraph graph)
    {
        if (VectorHelpers.LaneCount < 2 || graph.HasDispatch || !graph.Blocks.Exists(HasElements))
        {
            return false;
        }

        IrOrder order = IrOrder.Of(graph);
        IrLoops loops = IrLoops.Of(graph, order, IrDominators.Of(order));
        VectorLoopReader reader = new(graph, order, loops);
        List<VectorLoop> found = [];
        foreach (IrLoop loop in loops.All)
        {
            if (loop.Blocks.TrueForAll(block => ReferenceEquals(loops.LoopOf(block), loop)) && reader.Read(loop) is { } vectors)
            {
                found.Add(vectors);
            }
        }

        foreach (VectorLoop loop in found)
        {
            new VectorCode(graph, loop, node => loops.Contains(loop.Loop, node.Block!)).Emit();
        }

        return found.Count > 0;
    }

    private static bool HasElements(IrBlock block) =>
        block.Nodes.Exists(node => node.Op is IrOp.LoadInt or IrOp.LoadFloat or IrOp.StoreInt or IrOp.StoreFloat);
}
