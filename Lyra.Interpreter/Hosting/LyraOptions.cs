using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra;

/// <summary>How an engine runs scripts, and what it lets them do. Immutable; derive a changed copy by a <c>with</c> expression.</summary>
public sealed record LyraOptions
{
    private const int MaxCacheSize = 65_536;

    /// <summary>The options of <c>new LyraEngine()</c>: hot code is compiled, no capabilities, 10,000 frames, no other limit.</summary>
    public static LyraOptions Default { get; } = new();

    /// <summary>
    /// Options for many small engines and short scripts: small pools and caches, few garbage collections, and limits of 1,000 frames,
    /// 50 million steps and 32 MB.
    /// </summary>
    public static LyraOptions Embedded { get; } = new()
    {
        Memory = LyraMemoryMode.LowPause,
        SlabSlots = 64,
        CacheSlots = 1_024,
        CacheKept = 750,
        CacheEvictFrom = 875,
        Limits = new LyraLimits { MaxFrames = 1_000, MaxSteps = 50_000_000, MaxMemoryBytes = 32L << 20 },
    };

    /// <summary>
    /// Options for a few long-lived engines under load: large pools and caches, rarer checks, a limit of 100,000 frames, and hot code is
    /// compiled sooner.
    /// </summary>
    public static LyraOptions Server { get; } = new()
    {
        SlabSlots = 1_024,
        CacheSlots = 16_384,
        CacheKept = 12_000,
        CacheEvictFrom = 14_000,
        IntegrityInterval = 1_000,
        HotLoopThreshold = 500,
        HotProcThreshold = 250,
        Limits = new LyraLimits { MaxFrames = 100_000 },
    };

    /// <summary>When scripts are compiled to machine code; <see cref="JitMode.On"/> by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public JitMode Jit
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Jit), value, "The mode is JitMode.Off, JitMode.On or JitMode.Stress.");
    } = JitMode.On;

    /// <summary>
    /// What scripts see of a host's dates, times and durations; <see cref="LyraDates.Text"/> by default. Dates that scripts make are values
    /// in both cases, and a host gets them as <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="DateTimeOffset"/> or
    /// <see cref="DateTime"/>, and <see cref="TimeSpan"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public LyraDates Dates
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Dates), value, "It is LyraDates.Text or LyraDates.Values.");
    }

    /// <summary>
    /// Whether the engine saves time or garbage collections; <see cref="LyraMemoryMode.Throughput"/> by default. The behavior of a script
    /// does not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public LyraMemoryMode Memory
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Memory), value, "The mode is LyraMemoryMode.Throughput or LyraMemoryMode.LowPause.");
    }

    /// <summary>
    /// How much the bytecode optimizer does, 0 (nothing) to 3; 2 by default. The behavior of a script does not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside these bounds.</exception>
    public int OptimizationLevel
    {
        get;
        init => field = value is >= 0 and <= CompilerOptions.MaxOptimizationLevel
            ? value
            : throw new ArgumentOutOfRangeException(nameof(OptimizationLevel), value, "The optimization level is 0 to 3.");
    } = CompilerOptions.DefaultOptimizationLevel;

    /// <summary>The number of iterations after which a loop is hot and gets compiled; 1,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotLoopThreshold { get; init => field = Positive(value, nameof(HotLoopThreshold)); } = EngineDefaults.HotLoop;

    /// <summary>The number of calls after which a proc is hot and gets compiled; 500 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotProcThreshold { get; init => field = Positive(value, nameof(HotProcThreshold)); } = EngineDefaults.HotProc;

    /// <summary>The number of exits through one guard after which the code behind the exit gets compiled too; 32 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotExitThreshold { get; init => field = Positive(value, nameof(HotExitThreshold)); } = EngineDefaults.HotExit;

    /// <summary>
    /// Whether the compiler checks itself: it verifies the IR after every pass and the IL before it runs, while the script waits. An error
    /// that it finds is one of Lyra; the run then ends with a <see cref="LyraException"/> of the kind <c>InternalError</c> in place of
    /// interpreting on. Compiling takes two to three times as long. The default is the switch <c>Lyra.ChecksCompiler</c> of the process's
    /// runtime configuration, false without one.
    /// </summary>
    public bool ChecksCompiler { get; init; } = EngineDefaults.ChecksCompiler;

    /// <summary>True to compile on another thread while the script continues; null for the default of the process.</summary>
    internal bool? CompilesInBackground { get; init; }

    /// <summary>For tier checks: counts the guards of compiled code and makes one fail; null otherwise.</summary>
    internal GuardChoice? Guards { get; init; }

    /// <summary>
    /// The number of slots that each size class of the slab pools starts with, 1 to 65,536; 256 by default. More slots cost memory per
    /// engine and save allocations.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside these bounds.</exception>
    public int SlabSlots
    {
        get;
        init => field = value is >= 1 and <= 65_536
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SlabSlots), value, "The slab pools begin with 1 to 65,536 slots.");
    } = EngineDefaults.SlabSlots;

    /// <summary>
    /// The number of slots of the engine's inline cache, which answers member lookups of sites that see many types: a power of two up to
    /// 65,536, or 0 for no such cache; 4,096 by default. Only speed depends on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither 0 nor a power of two within these bounds.</exception>
    public int CacheSlots
    {
        get;
        init => field = value is >= 0 and <= MaxCacheSize && (value & (value - 1)) == 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(CacheSlots), value, "The inline cache has 0 slots, or a power of two up to 65,536.");
    } = CacheSettings.DefaultSlots;

    /// <summary>
    /// The number of entries that the inline cache keeps when it evicts the least recently used ones, 1 to 65,535; 3,000 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside these bounds.</exception>
    public int CacheKept
    {
        get;
        init => field = value is >= 1 and < MaxCacheSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CacheKept), value, "The inline cache keeps 1 to 65,535 entries.");
    } = CacheSettings.DefaultKept;

    /// <summary>
    /// The number of entries that makes the inline cache evict before it takes another one, up to 65,536 and greater than
    /// <see cref="CacheKept"/>; 3,500 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 2 to 65,536.</exception>
    public int CacheEvictFrom
    {
        get;
        init => field = value is >= 2 and <= MaxCacheSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CacheEvictFrom), value, "The inline cache evicts from 2 to 65,536 entries on.");
    } = CacheSettings.DefaultEvictFrom;

    /// <summary>
    /// How often the engine verifies that nothing has changed its code in memory: each time after this many refills of the budget of steps
    /// (one for each run, and one for some 200,000 steps) it verifies the running proc and one other, and after this many hits of the
    /// inline cache an entry. 100 by default. 1 is checked mode: all procs, compiled code, frames and a guard behind the registers, each
    /// time. 0 is for no checks. A change ends the run with an <c>IntegrityError</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int IntegrityInterval
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(IntegrityInterval), value, "The interval of checks must not be negative.");
    } = EngineDefaults.IntegrityInterval;

    /// <summary>
    /// The number of short strs (up to 64 code units) that the engine keeps, so that equal parts of texts and equal keys of JSON objects
    /// are one object: a power of two from 2 to 65,536, or 0 for none; 2,048 by default. Only speed and memory depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither 0 nor a power of two within these bounds.</exception>
    public int TextSlots
    {
        get;
        init => field = value is >= 0 and <= MaxCacheSize && value != 1 && (value & (value - 1)) == 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(TextSlots), value, "An engine keeps 0 strs, or a power of two from 2 to 65,536.");
    } = TextTable.DefaultSlots;

    /// <summary>The limits on the time, steps, memory and call depth of scripts; by default 10,000 frames and no other limit.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public LyraLimits Limits { get; init => field = NotNull(value, nameof(Limits)); } = new();

    /// <summary>
    /// Called on the thread of the script when a run is about to end at its limit of time, steps or memory; null, the default, for nobody.
    /// The callback can log where the script is, and decide: null ends the run, a higher limit lets it go on until the end of the run, or
    /// until the callback is asked again. If it throws, the run ends, and the exception is the inner one of the
    /// <see cref="LyraLimitException"/>. It must not use the engine.
    /// </summary>
    public Func<LyraNearLimit, long?>? OnNearLimit { get; init; }

    /// <summary>
    /// The permissions of scripts beyond computing and printing to <see cref="Output"/>, such as reading files; none by default.
    /// </summary>
    public LyraCapabilities Capabilities { get; init; }

    /// <summary>
    /// Finds the modules of <c>import "path"</c>; null, the default, when scripts can import only the modules of the library.
    /// </summary>
    public IModuleLoader? ModuleLoader { get; init; }

#pragma warning disable RS0030 // The streams of the process are the defaults.
    /// <summary>The writer that <c>print</c> and <c>write</c> print to; <see cref="Console.Out"/> by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TextWriter Output { get => field ?? Console.Out; init => field = NotNull(value, nameof(Output)); }

    /// <summary>
    /// The reader that <c>input</c> reads from when <see cref="LyraCapabilities.Console"/> is granted; <see cref="Console.In"/> by default.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TextReader Input { get => field ?? Console.In; init => field = NotNull(value, nameof(Input)); }
#pragma warning restore RS0030

    /// <summary>The folder to which relative paths of module <c>io</c> refer; null when scripts have none.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>
    /// The folders that scripts may read files below when <see cref="LyraCapabilities.ReadFiles"/> is granted. When empty, that is
    /// <see cref="BaseFolder"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<string> ReadFolders { get; init => field = NotNull(value, nameof(ReadFolders)); } = [];

    /// <summary>
    /// The folders that scripts may write files below when <see cref="LyraCapabilities.WriteFiles"/> is granted. When empty, that is
    /// <see cref="BaseFolder"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<string> WriteFolders { get; init => field = NotNull(value, nameof(WriteFolders)); } = [];

    /// <summary>The list that <c>os.args()</c> returns; empty by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<string> Arguments { get; init => field = NotNull(value, nameof(Arguments)); } = [];

    /// <summary>The clock of timeouts, timers and module <c>time</c>; <see cref="TimeProvider.System"/> by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider Time { get; init => field = NotNull(value, nameof(Time)); } = TimeProvider.System;

    /// <summary>
    /// The clock of time limits, with the frequency of <see cref="System.Diagnostics.Stopwatch"/>. Tests replace it, so that a busy machine
    /// does not change where a limit is reached.
    /// </summary>
    internal TimeProvider LimitClock { get; init; } = TimeProvider.System;

    /// <summary>The sizes of the inline cache; null for none.</summary>
    /// <exception cref="ArgumentException">The sizes contradict each other.</exception>
    internal CacheSettings? Cache
    {
        get
        {
            if (CacheEvictFrom <= CacheKept)
            {
                throw new ArgumentException(
                    $"CacheEvictFrom is {CacheEvictFrom:N0} and must be greater than CacheKept, which is {CacheKept:N0}.");
            }

            int checkEvery = IntegrityInterval == 0 ? int.MaxValue : IntegrityInterval;
            return CacheSlots == 0 ? null : new CacheSettings(CacheSlots, CacheKept, CacheEvictFrom, checkEvery);
        }
    }

    private static int Positive(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A threshold must be positive.");

    private static T NotNull<T>(T value, string name)
        where T : class => value ?? throw new ArgumentNullException(name);
}
