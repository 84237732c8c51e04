using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// When and how much an engine compiles, without types of the compiler's library, which is loaded when the first script becomes hot.
/// </summary>
/// <param name="HotLoop">Back-edges after which a loop is hot.</param>
/// <param name="HotProc">Calls after which a proc is hot.</param>
/// <param name="HotExit">Exits through a guard after which the exit is hot.</param>
/// <param name="StressSeed">The seed that determines which guards and compilations are forced to fail; null for none.</param>
/// <param name="CompilesInBackground">Whether another thread compiles while the script continues; otherwise the script waits.</param>
internal sealed record TierSettings(int HotLoop, int HotProc, int HotExit, int? StressSeed = null, bool CompilesInBackground = false)
{
    /// <summary>The bytes that compiled code may take besides half of the memory limit.</summary>
    private const long LeastCodeBytes = 64L << 20;

    /// <summary>Whether the compiler checks itself: see <see cref="TierOptions.ChecksCompiler"/>.</summary>
    public bool ChecksCompiler { get; init; }

    /// <summary>The memory limit of the engine; null for none.</summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>For tier checks: counts guards and forces one to fail; otherwise null. If set, the script waits for its regions.</summary>
    public GuardChoice? Guards { get; init; }

    /// <summary>For tests: everything is hot at once, and guards and compilations are forced to fail.</summary>
    public static TierSettings Stressed(int seed, bool checksCompiler) => new(1, 1, 1, seed) { ChecksCompiler = checksCompiler };

    /// <summary>
    /// Steps per recorded instruction after which compiling pays on a single processor: compiling an instruction takes about 50 µs, and
    /// a compiled step saves 4 to 6 ns.
    /// </summary>
    private const int PaybackOfOneProcessor = 10_000;

    /// <summary>Steps for each region, whatever its size: it has a method, a stub and a bridge of its own.</summary>
    private const int BaseOfOneProcessor = 300_000;

    /// <summary>The first region takes five times what later ones do, because the CLR still loads the compiler, and its own.</summary>
    private const int ColdFactorOfOneProcessor = 4;

    /// <summary>The same where another processor compiles, so that only its time is spent.</summary>
    private const int PaybackOfMore = 1_000;

    /// <summary>Whether all threads of the process share one processor, as in a container with a quota of one.</summary>
    public static bool HasOneProcessor { get; } = Environment.ProcessorCount == 1;

    /// <summary>The initial values of countdowns.</summary>
    public HeatThresholds Thresholds => new(HotLoop - 1, HotProc - 1);

    /// <summary>Whether the script continues while its regions are compiled; checks of guards need the same regions in each run.</summary>
    private bool IsBackground => CompilesInBackground && Guards is null;

    /// <summary>A host that lowers a threshold wants its regions sooner; one that raises it still wants the others.</summary>
    private double PaybackShare =>
        Math.Min(1, Math.Min((double)HotLoop / EngineDefaults.HotLoop, (double)HotProc / EngineDefaults.HotProc));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public TierController CreateController(IRecordingHost host) => new(host, Options());

    private TierOptions Options() => StressSeed is { } seed
        ? TierOptions.Stressed(seed) with { ChecksCompiler = ChecksCompiler }
        : new TierOptions
        {
            HotLoop = HotLoop,
            HotProc = HotProc,
            HotExit = HotExit,
            CompilesInBackground = IsBackground,
            SharesProcessor = IsBackground && HasOneProcessor,
            PaybackSteps = IsBackground ? (int)(PaybackShare * (HasOneProcessor ? PaybackOfOneProcessor : PaybackOfMore)) : 0,
            PaybackBase = IsBackground && HasOneProcessor ? (int)(PaybackShare * BaseOfOneProcessor) : 0,
            ColdFactor = IsBackground && HasOneProcessor ? ColdFactorOfOneProcessor : 0,
            ChecksCompiler = ChecksCompiler,
            Stress = Guards?.Plan,
            MaxCodeBytes = MaxMemoryBytes is { } bytes ? LeastCodeBytes + (bytes / 2) : long.MaxValue,
        };
}
