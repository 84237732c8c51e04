using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// When and how much an engine compiles, without a type of the compiler's library: that is loaded when the first script gets hot.
/// </summary>
/// <param name="HotLoop">Back-edges after which a loop is hot.</param>
/// <param name="HotProc">Calls after which a proc is hot.</param>
/// <param name="HotExit">Exits through a guard after which its way out is hot.</param>
/// <param name="StressSeed">Decides what is made to fail; null when nothing is.</param>
/// <param name="CompilesInBackground">Whether another thread compiles while the script goes on; otherwise the script waits.</param>
internal sealed record TierSettings(int HotLoop, int HotProc, int HotExit, int? StressSeed = null, bool CompilesInBackground = false)
{
    /// <summary>
    /// Whether engines compile in the background whose options do not say. Not where there is one core: the interpreter would only take
    /// time from the compiler, and be slower than what that makes. Nor where the compiler checks itself: there the script waits for the
    /// verdict.
    /// </summary>
    public static bool BackgroundByDefault { get; set; } =
        Environment.ProcessorCount > 1 && Environment.GetEnvironmentVariable("LYRA_JIT_CHECKS") != "1";

    /// <summary>
    /// For checks: counts guards and has one fail; null outside of them. Where it is given, the script waits for its regions.
    /// </summary>
    public GuardChoice? Guards { get; init; }

    /// <summary>For testing: everything is hot at once, and things fail that need not.</summary>
    public static TierSettings Stressed(int seed) => new(1, 1, 1, seed);

    /// <summary>What countdowns begin with.</summary>
    public HeatThresholds Thresholds => new(HotLoop - 1, HotProc - 1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public TierController CreateController(IRecordingHost host) => new(host, Options());

    private TierOptions Options() => StressSeed is { } seed
        ? TierOptions.Stressed(seed)
        : new TierOptions
        {
            HotLoop = HotLoop,
            HotProc = HotProc,
            HotExit = HotExit,
            CompilesInBackground = CompilesInBackground && Guards is null,
            Stress = Guards?.Plan,
        };
}
