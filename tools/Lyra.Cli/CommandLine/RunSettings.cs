using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Cli.Output;

namespace Lyra.Cli.CommandLine;

/// <summary>What the options of a call that runs code say, as they are read; then the options of its engine.</summary>
internal sealed class RunSettings
{
    private readonly List<string> _readFolders = [];
    private readonly List<string> _writeFolders = [];
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

    /// <summary>The own options of <c>lyra trace</c>.</summary>
    public TraceSettings Trace { get; } = new();

    /// <summary>The own options of <c>lyra tiercheck</c>.</summary>
    public TierCheckSettings TierCheck { get; } = new();

    /// <summary>Where <c>lyra verify</c> leaves its assemblies; null when it leaves none.</summary>
    public string? AssemblyFolder { get; set; }

    /// <summary>Takes a value of <c>--allow</c>.</summary>
    /// <exception cref="UsageException">A grant makes no sense.</exception>
    public void Allow(string grants)
    {
        foreach (string grant in grants.Split(','))
        {
            _granted |= Grant(grant);
        }
    }

    /// <summary>The options of an engine for a script in a folder, as given on the command line ("" for the current one).</summary>
    public LyraOptions ToOptions(string scriptFolder, string[] scriptArguments, StandardStreams streams)
    {
        string folder = Path.GetFullPath(scriptFolder.Length == 0 ? "." : scriptFolder);
        return Preset with
        {
            Jit = Jit ?? Preset.Jit,
            OptimizationLevel = OptimizationLevel ?? Preset.OptimizationLevel,
            HotLoopThreshold = HotLoop ?? Preset.HotLoopThreshold,
            HotExitThreshold = HotExit ?? Preset.HotExitThreshold,
            Limits = Limits(),
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

    /// <summary>Without a memory limit of its own a script gets half of the machine's memory, so that it fails before the machine suffers.</summary>
    private LyraLimits Limits() => Preset.Limits with
    {
        MaxFrames = MaxFrames ?? Preset.Limits.MaxFrames,
        MaxSteps = MaxSteps ?? Preset.Limits.MaxSteps,
        Timeout = Timeout ?? Preset.Limits.Timeout,
        MaxMemoryBytes = MaxMemory ?? Preset.Limits.MaxMemoryBytes ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2),
    };
}
