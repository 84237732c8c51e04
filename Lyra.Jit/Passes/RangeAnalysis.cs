using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Finds the intervals in which ints lie, and removes overflow checks, index and divisor guards, and comparisons that the intervals decide.
/// <code>
///   block2(v5: Int) loop: ... v9: Int = AddIntChecked v5, v8 exit s2 ... branch LtInt v9, v3   ; v5 &lt; v3, so v9 fits: AddInt
/// </code>
/// </summary>
/// <remarks>
/// Abstract interpretation with intervals over the dominator tree: conditions of branches and guards narrow the values in the blocks that
/// they dominate, and loop heads are widened to a fixed point (Cousot and Cousot 1977), with one step of narrowing. Besides intervals, the
/// pass keeps differences <c>x &lt;= y + d</c> of two values (<see cref="Differences"/>), for indices below a length. A difference that
/// holds for the arguments from all predecessors of a loop head holds for the parameter.
/// </remarks>
internal sealed class RangeAnalysis : IIrPass
{
    public string Name => "range-analysis";

    public bool Run(IrGraph graph)
    {
        RangeWalk walk = new(graph);
        return walk.Run();
    }
}
