namespace Lyra.Jit.Regions;

/// <summary>Measures, every so many entries of a region, how many steps it took in them.</summary>
internal sealed class EntryProfitability
{
    private long _stepsAtLastCheck;

    /// <summary>The steps since the last check; a new measurement begins.</summary>
    /// <param name="steps">Steps of the region so far.</param>
    public long Check(long steps)
    {
        long taken = steps - _stepsAtLastCheck;
        _stepsAtLastCheck = steps;
        return taken;
    }
}
