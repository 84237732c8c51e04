using System;

namespace Lyra.Cli.CommandLine;

/// <summary>The options that <c>lyra tiercheck</c> has besides those of every call that runs code.</summary>
internal static class TierCheckCommandOptions
{
    public static readonly RunOption[] All =
    [
        new("--guards", "N", "guards that fail at most, each in a run of its own; 100 unless given",
            static (s, v) => s.TierCheck.Guards = (int)RunOptions.Number("--guards", v, int.MaxValue, least: 0)),
        new("--seed", "N", "which guards fail where there are more, and when", static (s, v) => s.TierCheck.Seed = (int)RunOptions.Number("--seed", v, int.MaxValue, least: 0)),
        new("--time", "MS", "no other guard fails after so many milliseconds",
            static (s, v) => s.TierCheck.Time = TimeSpan.FromMilliseconds(RunOptions.Number("--time", v, int.MaxValue))),
    ];
}
