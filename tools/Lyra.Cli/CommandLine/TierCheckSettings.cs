using System;

namespace Lyra.Cli.CommandLine;

/// <summary>What <c>lyra tiercheck</c> is to do, as its own options are read.</summary>
internal sealed class TierCheckSettings
{
    /// <summary>Decides which guards fail and when; null for the usual seed.</summary>
    public int? Seed { get; set; }

    /// <summary>Guards that fail at most; null for the usual number.</summary>
    public int? Guards { get; set; }

    /// <summary>The time after which no other guard fails; null for no bound.</summary>
    public TimeSpan? Time { get; set; }

    /// <summary>The options of the check.</summary>
    /// <param name="engine">Those of its engines.</param>
    /// <param name="settings">The options of every call that runs code.</param>
    public TierCheckOptions ToOptions(LyraOptions engine, RunSettings settings)
    {
        TierCheckOptions usual = new();
        return usual with
        {
            Engine = engine,
            Seed = Seed ?? usual.Seed,
            MaxGuards = Guards ?? usual.MaxGuards,
            MaxTime = Time,
            HotLoopThreshold = settings.HotLoop ?? usual.HotLoopThreshold,
            HotExitThreshold = settings.HotExit ?? usual.HotExitThreshold,
        };
    }
}
