using Lyra.Fuzz.Seeds;
using Lyra.Jit.Building;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;

namespace Lyra.Fuzz.Running;

/// <summary>One way to run a program.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Level">The optimization level of the bytecode.</param>
/// <param name="Tiers">When what is compiled; null in the interpreter alone.</param>
/// <param name="Checks">Whether all IR and IL is verified.</param>
internal sealed record RunPlan(string Name, int Level, TierOptions? Tiers, bool Checks = false)
{
    /// <summary>What a run may use up; the same in all runs of a program.</summary>
    public ProgramLimits Limits { get; init; } = ProgramLimits.Usual;

    /// <summary>
    /// The ways for a seed. All others are compared with the first one: interpreted, on bytecode that nothing has improved. Then interpreted at another level,
    /// compiled early, and under stress.
    /// </summary>
    public static RunPlan[] For(long seed)
    {
        FuzzRandom random = new(unchecked(seed * 31 + 7));
        int level = random.Pick(1, 2, 2, 2, 3);
        int compiled = random.Chance(20) ? 0 : level;
        bool checks = random.Chance(25);
        int stress = random.Between(1, 1_000_000);
        ProgramLimits limits = ProgramLimits.For(random);
        return
        [
            new RunPlan("off -O0", 0, null) { Limits = limits },
            new RunPlan($"off -O{level}", level, null) { Limits = limits },
            new RunPlan($"on -O{compiled}", compiled, Early(random), checks) { Limits = limits },
            new RunPlan($"stress {stress} -O{level}", level, Stressed(stress), checks) { Limits = limits },
        ];
    }

    /// <summary>Loops of a few rounds get hot, and are recorded in a few of these, so that most rounds run compiled.</summary>
    public static TierOptions Early(FuzzRandom random) => new()
    {
        HotLoop = random.Pick(1, 2, 2, 3, 3, 5, 8, 15, 30),
        HotProc = random.Pick(2, 3, 6, 15, int.MaxValue),
        HotExit = random.Between(1, 4),
        MaxVersions = random.Between(2, 6),
        ProbationEntries = random.Pick(3, 30, 1_000),
        Limits = random.Chance(70)
            ? new RegionLimits()
            : new RegionLimits(MaxGuards: 150, MaxNodes: 1_500, MaxInlineDepth: random.Between(1, 4), MaxInlineInstructions: random.Pick(10, 60, 120), SmallCallee: random.Pick(0, 10, 40)),
        Recording = new RecordingLimits(
            MaxPasses: random.Between(1, 5), MaxCalls: random.Between(1, 4), MaxSidePasses: random.Between(1, 3), MaxFreshPasses: random.Between(5, 12), MaxRounds: random.Between(2, 6)),
    };

    private static TierOptions Stressed(int seed)
    {
        TierOptions options = TierOptions.Stressed(seed);
        return options with { MaxVersions = 4, Recording = options.Recording with { MaxPasses = 2, MaxFreshPasses = 4, MaxCalls = 2 } };
    }
}
