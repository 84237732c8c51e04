using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Interpreter.Execution;

namespace Lyra;

/// <summary>How an engine runs scripts and what it grants them. Immutable; change one with a <c>with</c> expression.</summary>
public sealed record LyraOptions
{
    /// <summary>The options of <c>new LyraEngine()</c>: compiled where hot, no capabilities, 10,000 frames, no other limit.</summary>
    public static LyraOptions Default { get; } = new();

    /// <summary>For many small engines and short scripts: small pools, 1,000 frames, 50 million steps, 32 MB.</summary>
    public static LyraOptions Embedded { get; } = new()
    {
        SlabSlots = 32,
        Limits = new LyraLimits { MaxFrames = 1_000, MaxSteps = 50_000_000, MaxMemoryBytes = 32L << 20 },
    };

    /// <summary>For few long-lived engines under load: large pools, hot code compiled sooner.</summary>
    public static LyraOptions Server { get; } = new() { SlabSlots = 4_096, HotLoopThreshold = 500, HotProcThreshold = 250 };

    /// <summary>When scripts are compiled to machine code; <see cref="JitMode.On"/> by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public JitMode Jit
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Jit), value, "The mode is JitMode.Off, JitMode.On or JitMode.Stress.");
    } = JitMode.On;

    /// <summary>How much the bytecode optimizer does, 0 (nothing) to 3; 2 by default. What a program does never depends on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside these bounds.</exception>
    public int OptimizationLevel
    {
        get;
        init => field = value is >= 0 and <= 3
            ? value
            : throw new ArgumentOutOfRangeException(nameof(OptimizationLevel), value, "The optimization level is 0 to 3.");
    } = 2;

    /// <summary>Iterations after which a loop is hot; 1,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotLoopThreshold { get; init => field = Positive(value, nameof(HotLoopThreshold)); } = 1_000;

    /// <summary>Calls after which a proc is hot; 500 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotProcThreshold { get; init => field = Positive(value, nameof(HotProcThreshold)); } = 500;

    /// <summary>Exits through one guard after which its way out is compiled too; 32 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int HotExitThreshold { get; init => field = Positive(value, nameof(HotExitThreshold)); } = 32;

    /// <summary>Whether another thread compiles while the script goes on; null for what the process does by default.</summary>
    internal bool? CompilesInBackground { get; init; }

    /// <summary>For checks: counts the guards of compiled code and has one fail; null outside of them.</summary>
    internal GuardChoice? Guards { get; init; }

    /// <summary>Slots that each size class of the engine's slab pools begins with, 1 to 65,536; 256 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside these bounds.</exception>
    public int SlabSlots
    {
        get;
        init => field = value is >= 1 and <= 65_536
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SlabSlots), value, "The slab pools begin with 1 to 65,536 slots.");
    } = 256;

    /// <summary>What scripts may use up.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public LyraLimits Limits { get; init => field = NotNull(value, nameof(Limits)); } = new();

    /// <summary>What scripts may do besides computing and printing to <see cref="Output"/>; nothing by default.</summary>
    public LyraCapabilities Capabilities { get; init; }

    /// <summary>Where <c>import "path"</c> finds modules; null when only the library's own can be imported.</summary>
    public IModuleLoader? ModuleLoader { get; init; }

    /// <summary>Where <c>print</c> and <c>write</c> go; <see cref="Console.Out"/> by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TextWriter Output { get => field ?? Console.Out; init => field = NotNull(value, nameof(Output)); }

    /// <summary>What <c>input</c> reads, where <see cref="LyraCapabilities.Console"/> is granted; <see cref="Console.In"/> by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TextReader Input { get => field ?? Console.In; init => field = NotNull(value, nameof(Input)); }

    /// <summary>The folder from which relative paths of module <c>io</c> start; null when scripts have none.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>The folders below which <see cref="LyraCapabilities.ReadFiles"/> lets scripts read; empty for <see cref="BaseFolder"/> alone.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<string> ReadFolders { get; init => field = NotNull(value, nameof(ReadFolders)); } = [];

    /// <summary>The folders below which <see cref="LyraCapabilities.WriteFiles"/> lets scripts write; empty for <see cref="BaseFolder"/> alone.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<string> WriteFolders { get; init => field = NotNull(value, nameof(WriteFolders)); } = [];

    /// <summary>What <c>os.args()</c> gives.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<string> Arguments { get; init => field = NotNull(value, nameof(Arguments)); } = [];

    /// <summary>The clock behind timeouts, timers and module <c>time</c>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider Time { get; init => field = NotNull(value, nameof(Time)); } = TimeProvider.System;

    private static int Positive(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A threshold must be positive.");

    private static T NotNull<T>(T value, string name)
        where T : class => value ?? throw new ArgumentNullException(name);
}
