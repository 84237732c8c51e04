using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lyra.Fuzz.Batches;

namespace Lyra.Fuzz.Commands;

/// <summary>Prints the totals of resumable batches as rows of the ledger in docs/fuzzing.md.</summary>
internal static class LedgerCall
{
    /// <exception cref="InvalidDataException">A folder has no state, or a damaged one.</exception>
    public static int Execute(IEnumerable<string> folders, TextWriter output)
    {
        output.WriteLine("| batch | seeds | inputs | compared steps in compiled code | finds | hours | date | commit |");
        output.WriteLine("| --- | --- | --: | --: | --: | --: | --- | --- |");
        foreach (string folder in folders)
        {
            output.WriteLine(Row(BatchState.Load(folder) ?? throw new InvalidDataException($"{folder} has no state of a batch")));
        }

        return ExitCodes.Clean;
    }

    private static string Row(BatchState state)
    {
        long last = state.First - 1;
        foreach (long next in state.Lanes)
        {
            last = long.Max(last, next - state.Lanes.Length);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {state.Batch} | {state.First}–{last} | {state.Tally.Items:N0} | {state.Tally.CompiledSteps:N0} | {state.Tally.Finds} "
                + $"| {state.Seconds / 3600:0.00} | {state.Date:yyyy-MM-dd} | {state.Commit} |");
    }
}
