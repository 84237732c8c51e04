using System;
using System.Globalization;
using Lyra.Cli.Files;

namespace Lyra.Cli.Options;

/// <summary>The options of every command that runs code. Parsing and help derive from this table.</summary>
internal static class RunOptions
{
    public const string Jit = "--jit";
    public const string Statistics = "--stats";

    public static readonly CommandOption[] All =
    [
        new(Jit, "off|on|stress", "compile hot code to machine code", SetJit),
        new("-O0", null, "no bytecode optimization", static (s, _) => s.OptimizationLevel = 0),
        new("-O1", null, "little bytecode optimization", static (s, _) => s.OptimizationLevel = 1),
        new("-O2", null, "the usual bytecode optimization", static (s, _) => s.OptimizationLevel = 2),
        new("-O3", null, "all bytecode optimization", static (s, _) => s.OptimizationLevel = 3),
        new("--preset", "default|embedded|server", "pools, limits and thresholds to start from", SetPreset),
        new("--memory", "throughput|low-pause", "save time or garbage collections", SetMemory),
        new("--hot-loop", "N", "iterations until a loop is hot", static (s, v) => s.HotLoop = Count("--hot-loop", v)),
        Size("--hot-proc", "calls until a proc is hot", static (o, n) => o with { HotProcThreshold = n }),
        new("--hot-exit", "N", "exits until a side exit is hot", static (s, v) => s.HotExit = Count("--hot-exit", v)),
        new(Statistics, null, "print statistics and memory on standard error at the end", static (s, _) => s.ShowStatistics = true),
        new("--max-steps", "N", "stop after N steps", static (s, v) => s.MaxSteps = Number("--max-steps", v, long.MaxValue)),
        new("--timeout", "MS", "stop after MS milliseconds", static (s, v) => s.Timeout = Milliseconds(v)),
        new("--max-memory", "BYTES", "stop above BYTES bytes; by default, half of what the process may use",
            static (s, v) => s.MaxMemory = Number("--max-memory", v, long.MaxValue)),
        new("--max-frames", "N", "deepest nesting of calls, at most 1,000,000",
            static (s, v) => s.MaxFrames = (int)Number("--max-frames", v, LyraLimits.HighestMaxFrames)),
        Size("--max-value", "no single value above BYTES bytes", static (o, n) => o with { Limits = o.Limits with { MaxValueBytes = n } },
            "BYTES"),
        Size("--max-elements", "no container with more than N elements",
            static (o, n) => o with { Limits = o.Limits with { MaxElements = n } }),
        Size("--cache-slots", "slots of the inline cache: 0 or a power of two up to 65,536", static (o, n) => o with { CacheSlots = n }),
        Size("--cache-kept", "entries that the inline cache keeps when it evicts", static (o, n) => o with { CacheKept = n }),
        Size("--cache-evict-from", "entries from which on it evicts", static (o, n) => o with { CacheEvictFrom = n }),
        Size("--slab-slots", "slots that each class of the slab pools starts with", static (o, n) => o with { SlabSlots = n }),
        Size("--text-slots", "short strs that are kept: 0 or a power of two up to 65,536", static (o, n) => o with { TextSlots = n }),
        Size("--integrity-interval", "how often code is verified; 1 always, 0 never", static (o, n) => o with { IntegrityInterval = n }),
        new("--allow", "read=DIR,write=DIR,env,clock", "grant scripts more capabilities", static (s, v) => s.Allow(v)),
    ];

    /// <summary>The value of an option that takes a whole number.</summary>
    /// <exception cref="UsageException">The value is not a number, or is outside the bounds.</exception>
    public static long Number(string option, string value, long max, long least = 1)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < least)
        {
            throw new UsageException($"{option} takes a {(least == 1 ? "positive number" : $"number from {least}")}, not '{value}'");
        }

        return number <= max
            ? number
            : throw new UsageException(
                string.Create(CultureInfo.InvariantCulture, $"{option} takes a number of at most {max:N0}, not {value}"));
    }

    private static void SetJit(RunSettings settings, string value) => settings.Jit = value switch
    {
        "off" => JitMode.Off,
        "on" => JitMode.On,
        "stress" => JitMode.Stress,
        _ => throw new UsageException($"--jit takes off, on or stress, not '{value}'"),
    };

    private static void SetMemory(RunSettings settings, string value)
    {
        LyraMemoryMode mode = value switch
        {
            "throughput" => LyraMemoryMode.Throughput,
            "low-pause" => LyraMemoryMode.LowPause,
            _ => throw new UsageException($"--memory takes throughput or low-pause, not '{value}'"),
        };
        settings.Change(options => options with { Memory = mode }, "--memory");
    }

    private static void SetPreset(RunSettings settings, string value) => settings.Preset = value switch
    {
        "default" => LyraOptions.Default,
        "embedded" => LyraOptions.Embedded,
        "server" => LyraOptions.Server,
        _ => throw new UsageException($"--preset takes default, embedded or server, not '{value}'"),
    };

    /// <summary>An option for a size that the engine's options check.</summary>
    private static CommandOption Size(string name, string help, Func<LyraOptions, int, LyraOptions> set, string valueName = "N") => new(
        name, valueName, help, (settings, value) =>
        {
            int size = (int)Number(name, value, int.MaxValue, least: 0);
            settings.Change(options => set(options, size), name);
        });

    private static int Count(string option, string value) => (int)Number(option, value, int.MaxValue);

    private static TimeSpan Milliseconds(string value) =>
        TimeSpan.FromMilliseconds(Number("--timeout", value, (long)TimeSpan.MaxValue.TotalMilliseconds / 2));
}
