using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;

namespace Lyra.Tests.Hostile;

/// <summary>
/// How long a process runs on after the time limit of its script. Tests check its processor time, because the machine may be busy. Other
/// processes also slow down a core, so the start of a process right after the run calibrates the tolerance. <c>tools/hostile.sh</c>, for an
/// idle machine, checks the wall time too.
/// </summary>
internal static class Overshoot
{
    // Longer limits only keep a program from running for minutes; these are reached.
    private static readonly TimeSpan LongestLimit = TimeSpan.FromSeconds(3);

    // What the other threads compile and what the operating system accounts late.
    private static readonly TimeSpan ProcessorTolerance = TimeSpan.FromMilliseconds(500);

    // The tolerance for slow cores, in starts of a process: it begins to count when a start takes more than 125 ms of processor time.
    private const int StartsTolerated = 4;

    // What an engine does happens each time; what a virtual machine does to it (providing memory, stealing a core) does not.
    private const int MaxRuns = 5;

    private static readonly HostileProgram Nothing = new("nothing", "");

    private static readonly Lazy<Task<ProcessUsage>> Start = new(MeasureStartAsync);

    /// <summary>Checks the times of a run whose limit is short. Of each, the shortest of five runs counts.</summary>
    public static async Task CheckAsync(HostileProgram program, string jit, CommandResult result, string context)
    {
        if (program.LongestRun is not { } longest || longest > LongestLimit)
        {
            return;
        }
        if (ProcessUsage.WallTolerance is { } tolerance)
        {
            await CheckWallAsync(program, jit, result, longest, TimeSpan.FromMilliseconds(tolerance), context);
        }

        await CheckProcessorAsync(program, jit, result, longest, context);
    }

    private static async Task CheckWallAsync(
        HostileProgram program, string jit, CommandResult result, TimeSpan longest, TimeSpan tolerance, string context)
    {
        ProcessUsage start = await Start.Value;
        List<TimeSpan> overshoots = [];
        for (CommandResult run = result; ; run = await program.RunAsync(jit))
        {
            overshoots.Add(run.Usage.Wall - start.Wall - longest);
            if (overshoots[^1] <= tolerance || overshoots.Count == MaxRuns)
            {
                break;
            }
        }

        overshoots[^1].ShouldBeLessThanOrEqualTo(tolerance, $"wall time, runs {string.Join(", ", overshoots)}; {context}");
    }

    private static async Task CheckProcessorAsync(
        HostileProgram program, string jit, CommandResult result, TimeSpan longest, string context)
    {
        // Background compilation may use a second core for as long as the script runs.
        TimeSpan most = (2 * longest) + ProcessorTolerance;
        TimeSpan used = result.Usage.Processor - (await Start.Value).Processor;
        List<string> runs = [$"{used} of {most}"];
        while (used > most && runs.Count < MaxRuns)
        {
            CommandResult run = await program.RunAsync(jit);
            ProcessUsage start = (await Nothing.RunAsync("on")).Usage;
            used = run.Usage.Processor - start.Processor;
            most = (2 * longest) + Longer(ProcessorTolerance, StartsTolerated * start.Processor);
            runs.Add($"{used} of {most}");
        }

        used.ShouldBeLessThanOrEqualTo(most, $"processor time, runs {string.Join(", ", runs)}; {context}");
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>The usage of a process whose script does nothing, the shortest of five.</summary>
    private static async Task<ProcessUsage> MeasureStartAsync()
    {
        ProcessUsage shortest = default;
        for (int i = 0; i < 5; i++)
        {
            CommandResult result = await Nothing.RunAsync("on");
            shortest = i == 0 || result.Usage.Wall < shortest.Wall ? result.Usage : shortest;
        }
        return shortest;
    }
}
