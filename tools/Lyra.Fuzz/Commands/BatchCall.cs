using System;
using System.Diagnostics;
using System.IO;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Commands;

/// <summary>Tries many seeds in child processes and prints a summary.</summary>
internal static class BatchCall
{
    public static int Execute(string name, BatchSettings settings, TextWriter output)
    {
        output.WriteLine($"{name}: seeds from {settings.Seed}");
        string[] arguments = settings.Sources is { } sources ? [name, "--sources", sources] : [name];
        IBatch batch = BatchNames.Create(name, new FindFolder(settings.Folder), settings.Sources);
        Supervisor supervisor = new(batch, arguments, settings.Folder, output)
        {
            Optimizes = settings.Optimizes || name is BatchNames.Regexes or BatchNames.Huge,
        };
        Stopwatch watch = Stopwatch.StartNew();
        supervisor.Run(settings.Seed, settings.Count, settings.Seconds, settings.Parallel);
        if (settings.ShowsCoverage)
        {
            CoverageReport.Write(supervisor.Coverage, output);
        }

        output.WriteLine(Summary(name, settings, supervisor, watch.Elapsed));
        return supervisor.Finds.Count > 0 ? ExitCodes.Find : ExitCodes.Clean;
    }

    /// <summary>The child's side.</summary>
    public static int Work(string name, string folder, string? sources, WorkOrder order, TextWriter output)
    {
        Worker.Run(BatchNames.Create(name, new FindFolder(folder), sources), order, output);
        return ExitCodes.Clean;
    }

    private static string Summary(string name, BatchSettings settings, Supervisor supervisor, TimeSpan time)
    {
        Tally tally = supervisor.Tally;
        string about = tally.TieredSteps == 0
            ? string.Empty
            : $"{tally.Compiled} ran compiled, {tally.Errors} ended in an error; {tally.CompiledShare:0.0} % of {tally.TieredSteps} steps "
                + $"in compiled code, {tally.Regions} regions, "
                + $"{tally.Entries} entries, {tally.Exits} guard exits; ";
        string accepted = tally.Accepted == 0 ? string.Empty : $"{tally.Accepted} accepted by the verifier; ";
        return $"{name}: {tally.Items} from seed {settings.Seed} in {time.TotalSeconds:0} s, {tally.Runs} runs; "
            + $"{accepted}{about}{tally.Finds} found";
    }
}
