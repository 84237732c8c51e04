using System;
using System.Diagnostics;
using RuleService.Settings;
using RuleService.Workers;

namespace RuleService.Load;

/// <summary>A worker in a process of its own, for measurements and tests.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    public WorkerProcess(ServiceSettings settings)
    {
        _process = OwnProcess.Start(
            "worker", "--store", settings.Store!, "--queue", settings.Queue!, "--prefix", settings.QueuePrefix,
            "--parallel", $"{settings.Parallel}", "--prefetch", $"{settings.Prefetch}", "--most-jobs", $"{settings.MostJobs}",
            "--drain", $"{settings.DrainTime.TotalSeconds:F0}");
        _process.OutputDataReceived += (_, line) => Log += line.Data + "\n";
        _process.BeginOutputReadLine();
    }

    /// <summary>The identifier of the process.</summary>
    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What the worker has logged.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Ends the process at once (SIGKILL).</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
