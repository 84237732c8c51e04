using System;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>The limits of the engines of a sequence that not all sequences have.</summary>
/// <param name="MaxSteps">The most steps of a run, and of a conversion.</param>
/// <param name="MaxElements">The most elements of a value; null for any number.</param>
/// <param name="MaxValueBytes">The most bytes of a value; null for any number.</param>
/// <param name="NearLimit">Answers when a run is about to end at a limit; null for nobody.</param>
internal sealed record HostSettings(long MaxSteps, int? MaxElements, long? MaxValueBytes, Func<LyraNearLimit, long?>? NearLimit)
{
    /// <summary>A limit is raised up to so many times its first value.</summary>
    public const int MostRaised = 4;

    private const long FewSteps = 20_000;

    /// <summary>A conversion, which takes a step for each element, reaches the memory limit before this one.</summary>
    private const long ManySteps = 2_000_000;

    /// <summary>The settings of a seed. Half of the seeds have no limits on values, and nobody who answers.</summary>
    public static HostSettings Of(long seed)
    {
        FuzzRandom random = new(unchecked((seed * 17) + 3));
        long steps = random.Chance(10) ? ManySteps : FewSteps;
        return random.Chance(50) ? new HostSettings(steps, null, null, null) : new HostSettings(
            steps,
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
