using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Running;

/// <summary>
/// Measures programs in all columns side by side. Each run is a new process, so that warm-up counts everywhere alike. In each round every
/// column runs once, so that a disturbance of the machine hits all of them.
/// </summary>
internal sealed class BenchRunner(BenchOptions options)
{
    private readonly BenchProcess _process = new(options.Command, options.Timeout);
    private readonly int _total = options.Programs.Count * options.Columns.Count * options.Rounds;
    private int _done;

    public static BenchResult Run(BenchOptions options) => new BenchRunner(options).Run();

    private BenchResult Run()
    {
        DateTimeOffset date = DateTimeOffset.Now;
        double before = Calibration.Measure();
        BenchRow[] rows = [.. options.Programs.Select(Measure)];
        return new BenchResult(
            date,
            BenchMachine.Current(),
            Enum.GetName(options.Size)!.ToLowerInvariant(),
            options.Rounds,
            Math.Min(before, Calibration.Measure()),
            [.. options.Columns.Select(column => column.Name)],
            rows);
    }

    private BenchRow Measure(BenchProgram program)
    {
        Dictionary<string, List<BenchSample>> samples = options.Columns.ToDictionary(column => column.Name, _ => new List<BenchSample>());
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (BenchColumn column in options.Columns)
            {
                options.Progress?.Report(new BenchProgress(_done++, _total));
                if (Continues(samples[column.Name]))
                {
                    samples[column.Name].Add(_process.Run(column, program, options.Size));
                }
            }
        }

        Dictionary<string, BenchCell> cells = samples.ToDictionary(entry => entry.Key, entry => CellOf(entry.Value));
        return new BenchRow(program.Name, program.Kind, program.WorkAt(options.Size).N, cells);
    }

    private bool Continues(List<BenchSample> samples) =>
        samples.Count == 0 || (samples[^1].State == SampleState.Measured && samples[0].Seconds <= options.OnceOver.TotalSeconds);

    private static BenchCell CellOf(List<BenchSample> samples)
    {
        BenchSample last = samples[^1];
        return new BenchCell(
            last.State, [.. samples.Where(sample => sample.State == SampleState.Measured).Select(sample => sample.Seconds)], last.Reason);
    }
}
