using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Cli.Files;
using Lyra.Cli.Output;

namespace Lyra.Cli.Options;

/// <summary>The settings of a command that runs code, collected from its options, and the engine options that follow from them.</summary>
internal sealed class RunSettings
{
    private readonly List<string> _readFolders = [];
    private readonly List<string> _writeFolders = [];
    private readonly List<Func<LyraOptions, LyraOptions>> _changes = [];
    private LyraCapabilities _granted = LyraCapabilities.Console | LyraCapabilities.Clock | LyraCapabilities.ReadFiles;

    public JitMode? Jit { get; set; }

    public int? OptimizationLevel { get; set; }

    public LyraOptions Preset { get; set; } = LyraOptions.Default;

    public int? HotLoop { get; set; }

    public int? HotExit { get; set; }

    public bool ShowStatistics { get; set; }

    public long? MaxSteps { get; set; }

    public TimeSpan? Timeout { get; set; }

    public long? MaxMemory { get; set; }

    public int? MaxFrames { get; set; }

    /// <summary>The options of <c>lyra trace</c> alone.</summary>
    public TraceSettings Trace { get; } = new();

    /// <summary>The options of <c>lyra profile</c> alone.</summary>
    public ProfileSettings Profile { get; } = new();

    /// <summary>The options of <c>lyra tiercheck</c> alone.</summary>
    public TierCheckSettings TierCheck { get; } = new();

    /// <summary>The settings of <c>lyra check</c> alone.</summary>
    public CheckSettings Check => field ??= new();

    /// <summary>The options of <c>lyra bench</c> alone.</summary>
    public BenchSettings Bench { get; } = new();

    /// <summary>The folder where <c>lyra verify</c> writes its assemblies; null for none.</summary>
    public string? AssemblyFolder { get; set; }

    /// <summary>Adds the capabilities of a value of <c>--allow</c>.</summary>
    /// <exception cref="UsageException">A grant is unknown, or its folder does not exist.</exception>
    public void Allow(string grants)
    {
        foreach (string grant in grants.Split(','))
        {
            _granted |= Grant(grant);
        }
    }

    /// <summary>Adds a change of the engine options, which applies after the preset.</summary>
    /// <exception cref="UsageException">No engine takes the value.</exception>
    public void Change(Func<LyraOptions, LyraOptions> change, string option)
    {
        try
        {
            change(LyraOptions.Default);
            _changes.Add(change);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new UsageException($"{option} is {e.ActualValue}. {e.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    /// <summary>
    /// The engine options for a script in a folder. The folder is as given on the command line; empty means the current one.
    /// </summary>
    public LyraOptions ToOptions(string scriptFolder, string[] scriptArguments, StandardStreams streams)
    {
        string folder = Path.GetFullPath(scriptFolder.Length == 0 ? "." : scriptFolder);
        LyraOptions start = Start();
        return start with
        {
            Jit = Jit ?? start.Jit,
            OptimizationLevel = OptimizationLevel ?? start.OptimizationLevel,
            HotLoopThreshold = HotLoop ?? start.HotLoopThreshold,
            HotExitThreshold = HotExit ?? start.HotExitThreshold,
            Limits = Limits(start.Limits),
            Capabilities = _granted,
            BaseFolder = folder,
            ReadFolders = [folder, .. _readFolders],
            WriteFolders = [.. _writeFolders],
            Arguments = scriptArguments,
            ModuleLoader = new FileModuleLoader(scriptFolder),
            Output = streams.Output,
            Input = streams.Input,
        };
    }

    private LyraOptions Start()
    {
        LyraOptions start = _changes.Aggregate(Preset, static (options, change) => change(options));
        return start.CacheEvictFrom > start.CacheKept
            ? start
            : throw new UsageException(
                $"--cache-evict-from is {start.CacheEvictFrom} and must be greater than --cache-kept, which is {start.CacheKept}");
    }

    private LyraCapabilities Grant(string grant)
    {
        switch (grant)
        {
            case "env":
                return LyraCapabilities.Environment;
            case "clock":
                return LyraCapabilities.Clock;
            case not null when grant.StartsWith("read=", StringComparison.Ordinal):
                _readFolders.Add(ExistingFolder(grant["read=".Length..]));
                return LyraCapabilities.ReadFiles;
            case not null when grant.StartsWith("write=", StringComparison.Ordinal):
                _writeFolders.Add(ExistingFolder(grant["write=".Length..]));
                return LyraCapabilities.WriteFiles;
            default:
                throw new UsageException($"--allow takes read=DIR, write=DIR, env and clock, separated by commas, not '{grant}'");
        }
    }

    private static string ExistingFolder(string folder) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new UsageException($"--allow names the folder '{folder}', which does not exist");

    private LyraLimits Limits(LyraLimits start) => start with
    {
        MaxFrames = MaxFrames ?? start.MaxFrames,
        MaxSteps = MaxSteps ?? start.MaxSteps,
        Timeout = Timeout ?? start.Timeout,
        MaxMemoryBytes = MaxMemory ?? start.MaxMemoryBytes,
    };
}
