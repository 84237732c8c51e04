using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Commands;

/// <summary>Tries many seeds in child processes and prints a summary.</summary>
internal static class BatchCall
{
    public static int Execute(string name, BatchSettings settings, TextWriter output)
    {
        BatchState state = StateFor(name, settings);
        output.WriteLine($"{name}: seeds from {state.Lanes.Min()}");
        IBatch batch = BatchNames.Create(name, new FindFolder(settings.Folder), settings.Inputs);
        Stopwatch watch = Stopwatch.StartNew();
        Tally before = state.Tally;
        double secondsBefore = state.Seconds;
        Supervisor supervisor = null!;
        supervisor = new Supervisor(batch, [name, .. settings.Inputs.ToArguments()], settings.Folder, output)
        {
            Optimizes = settings.Optimizes || name is BatchNames.Regexes or BatchNames.Huge,
            Checkpoint = settings.StateFolder is not { } folder ? null : () =>
            {
                state.Lanes = [.. supervisor.Lanes];
                state.Tally = Tally.Sum(before, supervisor.Tally);
                state.Seconds = secondsBefore + watch.Elapsed.TotalSeconds;
                state.Save(folder);
            },
        };
        supervisor.Run(state.Lanes, state.Lanes.Min() + settings.Length.Count, settings.Length.Seconds);
        if (settings.ShowsCoverage)
        {
            CoverageReport.Write(supervisor.Coverage, output);
        }

        output.WriteLine(Summary(name, state.First, supervisor, watch.Elapsed));
        return supervisor.Finds.Count > 0 ? ExitCodes.Find : ExitCodes.Clean;
    }

    /// <summary>The child's side.</summary>
    public static int Work(string name, string folder, BatchInputs inputs, WorkOrder order, TextWriter output)
    {
        Worker.Run(BatchNames.Create(name, new FindFolder(folder), inputs), order, output);
        return ExitCodes.Clean;
    }

    /// <summary>The state to continue, or a new one.</summary>
    /// <exception cref="InvalidDataException">The state is damaged or belongs to another batch.</exception>
    private static BatchState StateFor(string name, BatchSettings settings)
    {
        if (settings.StateFolder is not { } folder || BatchState.Load(folder) is not { } state)
        {
            long[] lanes = [.. Enumerable.Range(0, settings.Parallel).Select(i => settings.Seed + i)];
            return new BatchState { Batch = name, First = settings.Seed, Lanes = lanes };
        }

        if (state.Batch != name)
        {
            throw new InvalidDataException($"{folder} holds the state of the batch '{state.Batch}', not of '{name}'");
        }

        // The date and the commit are those of the last session.
        return new BatchState
        {
            Batch = name,
            First = state.First,
            Lanes = state.Lanes,
            Tally = state.Tally,
            Seconds = state.Seconds,
        };
    }

    private static string Summary(string name, long first, Supervisor supervisor, TimeSpan time)
    {
        Tally tally = supervisor.Tally;
        string about = tally.TieredSteps == 0
            ? string.Empty
            : $"{tally.Compiled} ran compiled, {tally.Errors} ended in an error; {tally.CompiledShare:0.0} % of {tally.TieredSteps} steps "
                + $"in compiled code, {tally.Regions} regions, "
                + $"{tally.Entries} entries, {tally.Exits} guard exits; ";
        string accepted = tally.Accepted == 0 ? string.Empty : $"{tally.Accepted} accepted by the verifier; ";
        return $"{name}: {tally.Items} from seed {first} in {time.TotalSeconds:0} s, {tally.Runs} runs; "
            + $"{accepted}{about}{tally.Finds} found";
    }
}
