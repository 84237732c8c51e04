using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite.Counting;
using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Running;

/// <summary>
/// Measures programs in all columns side by side. Each run is a new process, so that warm-up counts everywhere alike. In each round every
/// column runs once, so that a disturbance of the machine hits all of them.
/// </summary>
internal sealed class BenchRunner(BenchOptions options)
{
    /// <summary>The size of programs that run to be counted: more work would take long and show nothing else.</summary>
    private const BenchSize CountedSize = BenchSize.Small;

    private readonly BenchProcess _process = new(options.Command, options.Timeout);
    private int _done;

    /// <summary>The rounds of the microbenchmarks, which take less time than the programs.</summary>
    private int MicroRounds => 2 * options.Rounds;

    private bool RunsPrograms => Has(BenchParts.Programs);

    private int Total =>
        (RunsPrograms ? options.Programs.Count * (options.Columns.Count + options.TierColumns.Count) * options.Rounds : 0)
        + (options.Sets is null ? 0 : PeerSets.Names.Length)
        + (Has(BenchParts.Micro) ? options.Groups.Count : 0)
        + (Has(BenchParts.Counters) ? options.Programs.Count : 0)
        + (Has(BenchParts.Facts) ? FactTable.All.Length : 0);

    public static BenchResult Run(BenchOptions options) => new BenchRunner(options).Run();

    private BenchResult Run()
    {
        DateTimeOffset date = DateTimeOffset.Now;
        double before = Calibration.Measure();
        BenchMachine machine = BenchMachine.Current();
        BenchRow[] rows = RunsPrograms ? Measure(options.Columns, options.Size) : [];
        BenchRow[] tierRows = RunsPrograms && options.TierColumns.Count > 0 ? Measure(options.TierColumns, options.TierSize) : [];
        return new BenchResult(
            date,
            machine,
            BenchColumns.ArgumentOf(options.Size),
            options.Rounds,
            Math.Min(before, Calibration.Measure()),
            RunsPrograms ? [.. options.Columns.Select(column => column.Name)] : [],
            rows)
        {
            TierRows = tierRows,
            TierSize = tierRows.Length == 0 ? string.Empty : BenchColumns.ArgumentOf(options.TierSize),
            Sets = options.Sets?.Measure(options.Size, options.Rounds, Advance) ?? new Dictionary<string, IReadOnlyList<BenchRow>>(),
            Micro = Has(BenchParts.Micro) ? MicroTimer.Measure(options.Groups, MicroRounds, Advance) : [],
            Stress = Has(BenchParts.Micro) ? StressRun.Measure(options.Command) : [],
            Counters = Has(BenchParts.Counters) ? [.. options.Programs.Select(Count)] : [],
            Facts = Has(BenchParts.Facts) ? FactTable.Measure(options, Advance) : [],
        };
    }

    private bool Has(BenchParts part) => (options.Parts & part) != 0;

    private void Advance() => options.Progress?.Report(new BenchProgress(_done++, Total));

    private CounterRow Count(BenchProgram program)
    {
        Advance();
        return ProgramCounter.Count(program, CountedSize);
    }

    private BenchRow[] Measure(IReadOnlyList<BenchColumn> columns, BenchSize size) =>
        [.. options.Programs.Select(program => Measure(program, columns, size))];

    private BenchRow Measure(BenchProgram program, IReadOnlyList<BenchColumn> columns, BenchSize size)
    {
        Dictionary<string, List<BenchSample>> samples = columns.ToDictionary(column => column.Name, _ => new List<BenchSample>());
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (BenchColumn column in columns)
            {
                Advance();
                if (Continues(samples[column.Name]))
                {
                    samples[column.Name].Add(_process.Run(column, program, size));
                }
            }
        }

        Dictionary<string, BenchCell> cells = samples.ToDictionary(entry => entry.Key, entry => CellOf(entry.Value));
        return new BenchRow(program.Name, program.Kind, program.WorkAt(size).N, cells);
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
