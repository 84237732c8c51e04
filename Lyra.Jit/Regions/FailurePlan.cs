using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Regions;

/// <summary>
/// Makes guards and compilations fail without cause. Any guard may fail at any time, and any compilation may be aborted, without a change
/// in what the script does. Regions that are compiled with a plan ask it at each guard. Each engine has its own plan, which is used on the
/// script's thread only, so compilation does not run in the background.
/// </summary>
internal abstract class FailurePlan
{
    /// <summary>Whether the next compilation is aborted.</summary>
    public virtual bool AbortsCompilation() => false;

    /// <summary>Whether a region ends after a call-out.</summary>
    public virtual bool AbandonsRegion() => false;

    /// <summary>Registers a guard that is being emitted.</summary>
    /// <param name="guard">The guard.</param>
    /// <param name="node">The operation.</param>
    /// <param name="root">The proc of the region's root frame.</param>
    /// <returns>Its number, for <see cref="Fails"/>.</returns>
    public abstract int AddGuard(RegionGuard guard, IrNode node, LinkedPrototype root);

    /// <summary>Whether a guard that emitted code has reached fails now without cause.</summary>
    public abstract bool Fails(int guard);
}
