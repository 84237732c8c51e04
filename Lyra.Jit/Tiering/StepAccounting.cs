using Lyra.Jit.Regions;

namespace Lyra.Jit.Tiering;

/// <summary>Attributes each step in compiled code to one region, even if the interpreter enters a region while another one runs.</summary>
internal sealed class StepAccounting(TierCounters counters)
{
    /// <summary>Steps of the regions that have ended.</summary>
    private long _attributed;

    /// <summary>Steps that are not attributed to a region yet: those of the running regions.</summary>
    public long Open => counters.CompiledSteps - _attributed;

    /// <summary>Attributes steps to a region that has ended. The regions that were entered meanwhile already have theirs.</summary>
    /// <param name="region">The region.</param>
    /// <param name="openBefore"><see cref="Open"/> when it was entered.</param>
    public void Attribute(Region region, long openBefore)
    {
        Add(region, Open - openBefore);
    }

    /// <summary>Attributes steps to a region that has ended, during which no other region was entered.</summary>
    public void Add(Region region, long steps)
    {
        region.Steps += steps;
        _attributed += steps;
    }
}
