using System;

namespace Lyra.Cli.Options;

/// <summary>The options of <c>lyra tiercheck</c> besides those of <see cref="RunOptions"/>.</summary>
internal static class TierCheckCommandOptions
{
    public static readonly CommandOption[] All =
    [
        new("--guards", "N", "at most N failing guards, each in its own run; 100 by default",
            static (s, v) => s.TierCheck.Guards = (int)RunOptions.Number("--guards", v, int.MaxValue, least: 0)),
        new("--seed", "N", "selects which guards fail if there are more, and when",
            static (s, v) => s.TierCheck.Seed = (int)RunOptions.Number("--seed", v, int.MaxValue, least: 0)),
        new("--time", "MS", "no further guard fails after MS milliseconds",
            static (s, v) => s.TierCheck.Time = TimeSpan.FromMilliseconds(RunOptions.Number("--time", v, int.MaxValue))),
    ];
}
