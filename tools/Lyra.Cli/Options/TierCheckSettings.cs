using System;

namespace Lyra.Cli.Options;

/// <summary>The settings of <c>lyra tiercheck</c> alone.</summary>
internal sealed class TierCheckSettings
{
    /// <summary>Selects which guards fail and when; null for the default.</summary>
    public int? Seed { get; set; }

    /// <summary>The most failing guards; null for the default.</summary>
    public int? Guards { get; set; }

    /// <summary>The time after which no further guard fails; null for no bound.</summary>
    public TimeSpan? Time { get; set; }

    /// <summary>The options of the check.</summary>
    /// <param name="engine">The options of its engines.</param>
    /// <param name="settings">The settings of every command that runs code.</param>
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
