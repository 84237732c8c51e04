using System;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;

namespace Lyra.Extensions.Hosting;

/// <summary>
/// The settings of the engines of an application, bound from its configuration by <c>services.AddLyra(configuration)</c>. A value that is
/// null is that of the preset.
/// </summary>
public sealed class LyraSettings
{
    /// <summary>The options to start from; <see cref="LyraPreset.Embedded"/> by default.</summary>
    public LyraPreset Preset { get; set; } = LyraPreset.Embedded;

    /// <summary>The most idle engines that a pool keeps; twice the number of processors by default.</summary>
    public int PoolCapacity { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>
    /// The most pools that are kept, one for each set of limits in use; 256 by default. The least recently used one is dropped.
    /// </summary>
    public int MaxPools { get; set; } = 256;

    /// <summary>The limits of scripts.</summary>
    public LyraLimitSettings Limits { get; set; } = new();

    /// <summary>The permissions of scripts, for example <c>Clock</c>; none by default.</summary>
    public LyraCapabilities Capabilities { get; set; }

    /// <summary>When scripts are compiled to machine code.</summary>
    public JitMode? Jit { get; set; }

    /// <summary>Whether the engines save time or garbage collections.</summary>
    public LyraMemoryMode? Memory { get; set; }

    /// <summary>What scripts see of the dates, times and durations of the host.</summary>
    public LyraDates? Dates { get; set; }

    /// <summary>How much the bytecode optimizer does, 0 to 3.</summary>
    public int? OptimizationLevel { get; set; }

    /// <summary>The number of iterations after which a loop is compiled.</summary>
    public int? HotLoopThreshold { get; set; }

    /// <summary>The number of calls after which a proc is compiled.</summary>
    public int? HotProcThreshold { get; set; }

    /// <summary>The number of exits through one guard after which the code behind it is compiled.</summary>
    public int? HotExitThreshold { get; set; }

    /// <summary>Whether the compiler checks itself, which makes it slower.</summary>
    public bool? ChecksCompiler { get; set; }

    /// <summary>The number of slots that each size class of the slab pools starts with.</summary>
    public int? SlabSlots { get; set; }

    /// <summary>The number of slots of the inline cache; 0 for none.</summary>
    public int? CacheSlots { get; set; }

    /// <summary>The number of entries that the inline cache keeps when it evicts.</summary>
    public int? CacheKept { get; set; }

    /// <summary>The number of entries from which on the inline cache evicts.</summary>
    public int? CacheEvictFrom { get; set; }

    /// <summary>The number of short strs that an engine keeps; 0 for none.</summary>
    public int? TextSlots { get; set; }

    /// <summary>How often an engine verifies its code: 1 is checked mode, 0 is never.</summary>
    public int? IntegrityInterval { get; set; }

    /// <summary>The level at which the lines that scripts print are logged; <see cref="LogLevel.Information"/> by default.</summary>
    public LogLevel OutputLevel { get; set; } = LogLevel.Information;

    /// <summary>The time that the health check gives its script; one second by default.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The options of the engines.</summary>
    /// <exception cref="ArgumentException">A value is not valid; the message says which values are.</exception>
    public LyraOptions ToOptions()
    {
        LyraOptions options = Start();
        return options with
        {
            Limits = LimitsOf(options.Limits),
            Capabilities = Capabilities,
            Jit = Jit ?? options.Jit,
            Memory = Memory ?? options.Memory,
            Dates = Dates ?? options.Dates,
            OptimizationLevel = OptimizationLevel ?? options.OptimizationLevel,
            HotLoopThreshold = HotLoopThreshold ?? options.HotLoopThreshold,
            HotProcThreshold = HotProcThreshold ?? options.HotProcThreshold,
            HotExitThreshold = HotExitThreshold ?? options.HotExitThreshold,
            ChecksCompiler = ChecksCompiler ?? options.ChecksCompiler,
            SlabSlots = SlabSlots ?? options.SlabSlots,
            CacheSlots = CacheSlots ?? options.CacheSlots,
            CacheKept = CacheKept ?? options.CacheKept,
            CacheEvictFrom = CacheEvictFrom ?? options.CacheEvictFrom,
            TextSlots = TextSlots ?? options.TextSlots,
            IntegrityInterval = IntegrityInterval ?? options.IntegrityInterval,
        };
    }

    /// <summary>Says what is wrong with the settings, one sentence for each fault.</summary>
    internal IEnumerable<string> Faults()
    {
        if (PoolCapacity < 1)
        {
            yield return $"{nameof(PoolCapacity)} is {PoolCapacity} and must be at least 1.";
        }

        if (MaxPools < 1)
        {
            yield return $"{nameof(MaxPools)} is {MaxPools} and must be at least 1.";
        }

        if (HealthTimeout <= TimeSpan.Zero)
        {
            yield return $"{nameof(HealthTimeout)} is {HealthTimeout} and must be positive.";
        }

        if (FaultOfOptions() is { } fault)
        {
            yield return fault;
        }
    }

    private string? FaultOfOptions()
    {
        try
        {
            LyraOptions options = ToOptions();
            return options.CacheEvictFrom > options.CacheKept
                ? null
                : $"{nameof(CacheEvictFrom)} is {options.CacheEvictFrom} and must exceed {nameof(CacheKept)}, {options.CacheKept}.";
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    private LyraOptions Start() => Preset switch
    {
        LyraPreset.Default => LyraOptions.Default,
        LyraPreset.Embedded => LyraOptions.Embedded,
        LyraPreset.Server => LyraOptions.Server,
        _ => throw new ArgumentException($"{nameof(Preset)} is {Preset}; write Default, Embedded or Server."),
    };

    private LyraLimits LimitsOf(LyraLimits preset) => new()
    {
        MaxFrames = Limits.MaxFrames ?? preset.MaxFrames,
        MaxSteps = Limits.MaxSteps ?? preset.MaxSteps,
        Timeout = Limits.Timeout ?? preset.Timeout,
        MaxMemoryBytes = Limits.MaxMemoryBytes ?? preset.MaxMemoryBytes,
        MaxValueBytes = Limits.MaxValueBytes ?? preset.MaxValueBytes,
        MaxElements = Limits.MaxElements ?? preset.MaxElements,
    };
}
