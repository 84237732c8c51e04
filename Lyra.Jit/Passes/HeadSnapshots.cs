using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>Forgets the snapshots of loop heads once no guard moves before its loop any more; what only they needed is dead then.</summary>
internal sealed class HeadSnapshots : IIrPass
{
    public string Name => "head-snapshots";

    public bool Run(IrGraph graph)
    {
        bool changed = false;
        foreach (IrBlock block in graph.Blocks)
        {
            changed |= block.HeadSnapshot is not null;
            block.HeadSnapshot = null;
        }

        return changed;
    }
}
