using Lyra.Jit.Regions;

namespace Lyra.Jit.Tiering;

/// <summary>Credits each step in compiled code to one region, even if the interpreter enters a region while another one runs.</summary>
internal sealed class StepLedger(TierCounters counters)
{
    /// <summary>Steps of the regions that have ended.</summary>
    private long _credited;

    /// <summary>Steps that are not credited to a region yet: those of the running regions.</summary>
    public long Open => counters.CompiledSteps - _credited;

    /// <summary>Credits a region that has ended. The regions that were entered meanwhile have been credited with theirs.</summary>
    /// <param name="region">The region.</param>
    /// <param name="openBefore"><see cref="Open"/> when it was entered.</param>
    public void Credit(Region region, long openBefore)
    {
        long steps = Open - openBefore;
        region.Steps += steps;
        _credited += steps;
    }
}
