using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>When and how much is compiled.</summary>
internal sealed record TierOptions
{
    /// <summary>Back-edges after which a loop is hot.</summary>
    public int HotLoop { get; init; } = EngineDefaults.HotLoop;

    /// <summary>Whether procs get regions of their own, besides being inlined.</summary>
    public bool CompilesProcs { get; init; } = true;

    /// <summary>Calls after which a proc is hot.</summary>
    public int HotProc { get; init; } = EngineDefaults.HotProc;

    /// <summary>Exits through one guard after which the exit is hot; the number doubles with each version.</summary>
    public int HotExit { get; init; } = EngineDefaults.HotExit;

    /// <summary>Steps interpreted in a loop or proc, for each of its recorded instructions, before it is compiled.</summary>
    public int PaybackSteps { get; init; }

    /// <summary>Further such steps for each loop or proc, whatever its size.</summary>
    public int PaybackBase { get; init; }

    /// <summary>The cost of loading the compiler, as a multiple of a region's steps; the n-th region pays the n-th part of it.</summary>
    public int ColdFactor { get; init; }

    /// <summary>The largest number of failures of a loop or proc that double the delay before its next attempt.</summary>
    public int MaxDoublings { get; init; } = 16;

    /// <summary>The largest number of versions of a region, including failed attempts to grow. The last version keeps its exits.</summary>
    public int MaxVersions { get; init; } = 12;

    /// <summary>Entries between two checks of a region. It is dropped when its entries take less than an iteration on average.</summary>
    public int EntriesPerCheck { get; init; } = 1_000;

    /// <summary>Whether another thread compiles while the interpreter or the installed version continues.</summary>
    public bool CompilesInBackground { get; init; }

    /// <summary>Whether that thread has no processor of its own, so that the script's thread waits for it in slices.</summary>
    public bool SharesProcessor { get; init; }

    /// <summary>Whether the IR is verified after every pass, and the IL before it runs. A fault of the compiler is then thrown.</summary>
    public bool ChecksCompiler { get; init; } = EngineDefaults.ChecksCompiler;

    /// <summary>The approximate bytes that profiles and compiled code may take.</summary>
    public long MaxCodeBytes { get; init; } = long.MaxValue;

    public RegionLimits Limits { get; init; } = new();

    public RecordingLimits Recording { get; init; } = new();

    /// <summary>The reach of a first recording: one call more than is inlined, because a callee may be called directly.</summary>
    public RecordingReach Reach => new(Limits.MaxInlineDepth + 1, Recording.MaxInnerIterations);

    /// <summary>Makes guards and compilations fail in tests; otherwise null.</summary>
    public FailurePlan? Stress { get; init; }

    /// <summary>For tests: a seed that leaves out half of the passes; null for none. A region means the same without them.</summary>
    public int? Chaos { get; init; }

    /// <summary>For tests: everything is hot at once, regions are small, and guards and compilations fail without cause.</summary>
    /// <param name="seed">Determines what fails.</param>
    public static TierOptions Stressed(int seed) => new()
    {
        HotLoop = 1,
        HotProc = 1,
        HotExit = 1,
        EntriesPerCheck = 10_000,
        Limits = new RegionLimits(MaxGuards: 150, MaxNodes: 1_500, MaxInlineDepth: 3, MaxInlineInstructions: 60),
        Recording = new RecordingLimits { MaxIterations = 3, MaxChangingIterations = 6, MaxInstructions = 800, MaxInnerIterations = 3 },
        Stress = new StressPlan(seed),
    };
}
