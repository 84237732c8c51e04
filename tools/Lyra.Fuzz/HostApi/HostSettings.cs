using System;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>The limits of the engines of a sequence that not all sequences have.</summary>
/// <param name="MaxElements">The most elements of a value; null for any number.</param>
/// <param name="MaxValueBytes">The most bytes of a value; null for any number.</param>
/// <param name="NearLimit">Answers when a run is about to end at a limit; null for nobody.</param>
internal sealed record HostSettings(int? MaxElements, long? MaxValueBytes, Func<LyraNearLimit, long?>? NearLimit)
{
    /// <summary>A limit is raised up to so many times its first value.</summary>
    public const int MostRaised = 4;

    /// <summary>The settings of a seed. Half of the seeds have no such limit.</summary>
    public static HostSettings Of(long seed)
    {
        FuzzRandom random = new(unchecked((seed * 17) + 3));
        return random.Chance(50) ? new HostSettings(null, null, null) : new HostSettings(
            random.Pick<int?>(null, 16, 100, 1_000),
            random.Pick<long?>(null, 1_024, 10_000, 200_000),
            random.Below(5) switch
            {
                0 => static near => near.Current < MostRaised * near.Initial ? near.Current * 2 : null,
                1 => static near => near.Current - 1,
                2 => static _ => null,
                3 => static _ => throw new InvalidOperationException("no answer"),
                _ => null,
            });
    }
}
