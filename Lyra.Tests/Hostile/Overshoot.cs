using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;

namespace Lyra.Tests.Hostile;

/// <summary>
/// How long a process runs on after the time limit of its script. Tests check its processor time, because the machine may be busy.
/// <c>tools/hostile.sh</c>, for an idle machine, checks the wall time too.
/// </summary>
internal static class Overshoot
{
    // Longer limits only keep a program from running for minutes; these are reached.
    private static readonly TimeSpan LongestLimit = TimeSpan.FromSeconds(3);

    // What the other threads compile and what the operating system accounts late.
    private static readonly TimeSpan ProcessorTolerance = TimeSpan.FromMilliseconds(500);

    // What an engine does happens each time; what a virtual machine does to it (providing memory, stealing a core) does not.
    private const int MaxRuns = 5;

    private static readonly Lazy<Task<ProcessUsage>> Start = new(MeasureStartAsync);

    /// <summary>Checks the time of a run whose limit is short. For the wall time, the shortest of five runs counts.</summary>
    public static async Task CheckAsync(HostileProgram program, string jit, CommandResult result, string context)
    {
        if (program.LongestRun is not { } longest || longest > LongestLimit)
        {
            return;
        }
        ProcessUsage start = await Start.Value;
        if (ProcessUsage.WallTolerance is { } tolerance)
        {
            List<double> overshoots = [];
            for (CommandResult run = result; ; run = await program.RunAsync(jit))
            {
                overshoots.Add((run.Usage.Wall - start.Wall - longest).TotalMilliseconds);
                if (overshoots[^1] <= tolerance || overshoots.Count == MaxRuns)
                {
                    break;
                }
            }
            overshoots[^1].ShouldBeLessThanOrEqualTo(tolerance, $"wall time, runs {string.Join(", ", overshoots)}; {context}");
        }

        // Background compilation may use a second core for as long as the script runs.
        (result.Usage.Processor - start.Processor).ShouldBeLessThanOrEqualTo((2 * longest) + ProcessorTolerance, context);
    }

    /// <summary>The usage of a process whose script does nothing, the shortest of five.</summary>
    private static async Task<ProcessUsage> MeasureStartAsync()
    {
        ProcessUsage shortest = default;
        for (int i = 0; i < 5; i++)
        {
            CommandResult result = await new HostileProgram("nothing", "").RunAsync("on");
            shortest = i == 0 || result.Usage.Wall < shortest.Wall ? result.Usage : shortest;
        }
        return shortest;
    }
}
