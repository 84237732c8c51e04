using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>
/// What is made to fail though nothing is wrong: any guard may fail at any time, any compilation may be given up, and nothing that a script does may
/// depend on it. Regions compiled with a plan ask it at each of their guards. One per engine; used on the script's thread, so compiling does not go on
/// in the background.
/// </summary>
internal abstract class FailurePlan
{
    /// <summary>Whether the compilation that is about to begin is to be given up.</summary>
    public virtual bool AbortsCompilation() => false;

    /// <summary>Whether a region is to be left behind an instruction that the interpreter executed for it.</summary>
    public virtual bool AbandonsRegion() => false;

    /// <summary>Takes in a guard that is being emitted.</summary>
    /// <param name="guard">Where it stands.</param>
    /// <param name="node">The operation.</param>
    /// <param name="root">The proc of the region's root frame.</param>
    /// <returns>What <see cref="Fails"/> is to call it.</returns>
    public abstract int AddGuard(RegionGuard guard, IrNode node, LinkedPrototype root);

    /// <summary>Asked by emitted code that comes to a guard: whether it fails now for no reason.</summary>
    public abstract bool Fails(int guard);
}
