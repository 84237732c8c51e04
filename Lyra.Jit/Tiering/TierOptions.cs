using Lyra.Jit.Building;
using Lyra.Jit.Recording;

namespace Lyra.Jit.Tiering;

/// <summary>When and how much is compiled.</summary>
internal sealed record TierOptions
{
    /// <summary>Back-edges after which a loop is hot.</summary>
    public int HotLoop { get; init; } = 1_000;

    /// <summary>Whether procs are compiled as a whole, besides in the loops that call them.</summary>
    public bool CompilesProcs { get; init; } = true;

    /// <summary>Calls after which a proc is hot.</summary>
    public int HotProc { get; init; } = 500;

    /// <summary>Exits through one guard after which its way out is recorded; twice as many for each version of the region.</summary>
    public int HotExit { get; init; } = 32;

    /// <summary>How often failures of a loop or proc double the time until its next attempt.</summary>
    public int MaxDoublings { get; init; } = 16;

    /// <summary>Attempts at compiling a region at most; the exits of the last version stay.</summary>
    public int MaxVersions { get; init; } = 12;

    /// <summary>Entries after which a region must have stayed in compiled code for more than a round each time, or is dropped.</summary>
    public int ProbationEntries { get; init; } = 1_000;

    /// <summary>Whether regions are compiled on another thread while the interpreter, or the version before, goes on.</summary>
    public bool CompilesInBackground { get; init; }

    public RegionLimits Limits { get; init; } = new();

    public RecordingLimits Recording { get; init; } = new();

    /// <summary>What is made to fail on purpose; null outside of tests.</summary>
    public FailurePlan? Stress { get; init; }

    /// <summary>For testing: everything is hot at once, regions are small, and things fail that need not.</summary>
    /// <param name="seed">Decides what fails.</param>
    public static TierOptions Stressed(int seed) => new()
    {
        HotLoop = 1,
        HotProc = 1,
        HotExit = 1,
        ProbationEntries = 10_000,
        Limits = new RegionLimits(MaxGuards: 150, MaxNodes: 1_500, MaxInlineDepth: 3, MaxInlineInstructions: 60),
        Recording = new RecordingLimits(MaxPasses: 3, MaxFreshPasses: 6, MaxInstructions: 800, MaxRounds: 3),
        Stress = new StressPlan(seed),
    };
}
