using Lyra.Fuzz.Seeds;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;

namespace Lyra.Fuzz.Running;

/// <summary>The settings of one run of a program.</summary>
/// <param name="Name">The name for reports.</param>
/// <param name="Level">The optimization level of the bytecode.</param>
/// <param name="Tiers">When loops and procs are compiled; null for the interpreter alone.</param>
/// <param name="Checks">Whether all IR and IL is verified.</param>
internal sealed record RunPlan(string Name, int Level, TierOptions? Tiers, bool Checks = false)
{
    /// <summary>The limits; equal in all runs of a program.</summary>
    public ProgramLimits Limits { get; init; } = ProgramLimits.Usual;

    /// <summary>What the engine saves; the outcome does not depend on it.</summary>
    public LyraMemoryMode Memory { get; init; }

    /// <summary>Finds the modules that the program imports; null if it imports none.</summary>
    public IModuleLoader? Modules { get; init; }

    /// <summary>
    /// The heap is walked, and the stacks are swept, whenever this many bytes were charged; null for only near the limit.
    /// </summary>
    public long? WalkInterval { get; init; }

    /// <summary>
    /// The plans for a seed. The first is the reference: interpreted, with unoptimized bytecode. The others are interpreted at another
    /// level, compiled early, and compiled in stress mode.
    /// </summary>
    public static RunPlan[] For(long seed)
    {
        FuzzRandom random = new(unchecked(seed * 31 + 7));
        int level = random.Pick(1, 2, 2, 2, 3);
        int compiled = random.Chance(20) ? 0 : level;
        bool checks = random.Chance(25);
        int stress = random.Between(1, 1_000_000);
        ProgramLimits limits = ProgramLimits.For(random);
        LyraMemoryMode memory = seed % 2 == 0 ? LyraMemoryMode.LowPause : LyraMemoryMode.Throughput;
        return
        [
            new RunPlan("off -O0", 0, null) { Limits = limits },
            new RunPlan($"off -O{level}", level, null) { Limits = limits },
            new RunPlan($"on -O{compiled}", compiled, Early(random), checks) { Limits = limits, Memory = memory },
            new RunPlan($"stress {stress} -O{level}", level, Stressed(stress), checks) { Limits = limits, Memory = memory },
        ];
    }

    /// <summary>
    /// Two of the plans of <see cref="For"/>: an interpreted run, and one to compare with it. They take half the time of all plans and find
    /// nearly as much. In nine of ten cases both run the same bytecode and the second one compiles; otherwise only the levels differ.
    /// </summary>
    public static RunPlan[] PairFor(long seed)
    {
        RunPlan[] all = For(seed);
        FuzzRandom random = new(unchecked(seed * 17 + 3));
        if (random.Chance(10))
        {
            return all[..2];
        }

        // A small memory limit depends on the walks, because only they count what a new engine holds.
        bool walks = random.Chance(10) && all[0].Limits.Memory == ProgramLimits.Usual.Memory;
        RunPlan compiled = all[random.Between(2, 3)] with { Checks = random.Chance(5), WalkInterval = walks ? 1_000 : null };
        return [all[0] with { Name = $"off -O{compiled.Level}", Level = compiled.Level }, compiled];
    }

    /// <summary>Loops become hot after a few iterations, and recordings are short, so that most iterations run compiled.</summary>
    public static TierOptions Early(FuzzRandom random) => new()
    {
        HotLoop = random.Pick(1, 2, 2, 3, 3, 5, 8, 15, 30),
        HotProc = random.Pick(2, 3, 6, 15, int.MaxValue),
        HotExit = random.Between(1, 4),
        MaxVersions = random.Between(2, 6),
        EntriesPerCheck = random.Pick(3, 30, 1_000),
        Limits = random.Chance(70)
            ? new RegionLimits()
            : new RegionLimits(MaxGuards: 150, MaxNodes: 1_500, MaxInlineDepth: random.Between(1, 4),
                MaxInlineInstructions: random.Pick(10, 60, 120), SmallCallee: random.Pick(0, 10, 40)),
        Recording = new RecordingLimits
        {
            MaxIterations = random.Between(1, 5),
            MaxCalls = random.Between(1, 4),
            MaxSideIterations = random.Between(1, 3),
            MaxChangingIterations = random.Between(5, 12),
            MaxInnerIterations = random.Between(2, 6),
        },
    };

    private static TierOptions Stressed(int seed)
    {
        TierOptions options = TierOptions.Stressed(seed);
        RecordingLimits recording = options.Recording with { MaxIterations = 2, MaxChangingIterations = 4, MaxCalls = 2 };
        return options with { MaxVersions = 4, Recording = recording };
    }
}
