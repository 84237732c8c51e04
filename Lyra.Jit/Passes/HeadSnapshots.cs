using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Removes the snapshots of loop heads after the last pass that hoists guards. Values that only these snapshots use become dead.
/// <code>
///   block1(v2: Int) loop s4:                 block1(v2: Int) loop:
/// </code>
/// </summary>
/// <remarks>It is sound because hoisted guards keep the snapshot as their own exit.</remarks>
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
