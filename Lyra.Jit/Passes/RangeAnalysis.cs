using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Finds the intervals in which ints lie, and removes what they make needless: overflow checks, index and divisor guards, comparisons.
/// <code>
///   block2(v5: Int) loop: ... v9: Int = AddIntChecked v5, v8 exit s2 ... branch LtInt v9, v3   ; v5 &lt; v3, so v9 fits: AddInt
/// </code>
/// </summary>
/// <remarks>
/// Intervals by abstract interpretation over the dominator tree: conditions of branches and guards narrow what they dominate; loop heads are
/// widened until they hold (Cousot and Cousot 1977, with one step of narrowing; PyPy's intbounds for traces). Besides intervals, comparisons <c>x &lt; y</c> of two values are
/// kept as facts, for indices below a length: a fact that holds for what every way brings into a loop head's parameter holds for the parameter.
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
