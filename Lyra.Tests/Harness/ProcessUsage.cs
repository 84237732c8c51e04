using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;

namespace Lyra.Tests.Harness;

/// <summary>What a process has used. It is polled, so its last milliseconds may be missing, except in the wall time.</summary>
/// <param name="PeakBytes">The largest resident size; the operating system keeps the maximum between polls.</param>
/// <param name="Processor">The processor time of all threads.</param>
/// <param name="Wall">The time from the start of the process to its end.</param>
internal readonly record struct ProcessUsage(long PeakBytes, TimeSpan Processor, TimeSpan Wall)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The milliseconds by which wall times may exceed a limit, from the environment variable <c>LYRA_OVERSHOOT</c>; null to check none,
    /// because the machine may be busy. Where they are checked, one process runs at a time.
    /// </summary>
    public static double? WallTolerance { get; } =
        double.TryParse(Environment.GetEnvironmentVariable("LYRA_OVERSHOOT"), CultureInfo.InvariantCulture, out double milliseconds)
            ? milliseconds
            : null;

    /// <summary>
    /// Watches a process, which has just been started, until it ends. Kills it if it becomes larger than <paramref name="mostBytes"/>.
    /// </summary>
    public static async Task<ProcessUsage> WatchAsync(Process process, long mostBytes)
    {
        long start = Stopwatch.GetTimestamp();
        Task end = process.WaitForExitAsync();
        ProcessUsage usage = default;
        do
        {
            usage = usage.UpdatedFrom(process.Id);
            if (usage.PeakBytes > mostBytes)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        while (await Task.WhenAny(end, Task.Delay(PollInterval)) != end);
        return usage with { Wall = Stopwatch.GetElapsedTime(start) };
    }

    // Reads through an object of its own: to refresh the caller's would make it forget for a moment that the process has exited.
    private ProcessUsage UpdatedFrom(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return this with { PeakBytes = Math.Max(PeakBytes, process.PeakWorkingSet64), Processor = process.TotalProcessorTime };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return this; // It has just ended.
        }
    }
}
