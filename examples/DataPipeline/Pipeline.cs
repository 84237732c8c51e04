using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lyra;

namespace DataPipeline;

/// <summary>
/// Runs a script with two procs over rows: <c>transform(row)</c> returns a map that becomes a <see cref="Sale"/>, or nil to leave the row
/// out; <c>report(sales, rejected, out)</c> writes the report. A row for which the script throws is rejected, and the others go on.
/// </summary>
internal sealed class Pipeline : IDisposable
{
    private const int MostRejected = 1_000;

    private readonly LyraEngine _engine;
    private readonly List<Sale> _sales = [];
    private readonly List<string> _rejected = [];

    public Pipeline(string script)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(script))!;
        _engine = new LyraEngine(LyraOptions.Default with
        {
            // For each call. A report over all sales may take longer than the transformation of one row, but none of both an hour.
            Limits = new LyraLimits { MaxSteps = 100_000_000, Timeout = TimeSpan.FromSeconds(10), MaxMemoryBytes = 256 << 20 },
            ModuleLoader = new FileModuleLoader(folder),
            Output = Console.Error,
        });
        _engine.Define("decimal", (string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture));
        _engine.DefineType<Row>();
        _engine.DefineType<Report>();
        _engine.DefineType<Sale>(type => type
            .Property("date", sale => sale.Date)
            .Property("region", sale => sale.Region)
            .Property("product", sale => sale.Product)
            .Property("count", sale => sale.Count)
            .Property("euros", sale => sale.Euros));
        _engine.Run(File.ReadAllText(script), Path.GetFileName(script));
    }

    /// <summary>The rows that the script refused, with the reason and the line in the script.</summary>
    public IReadOnlyList<string> Rejected => _rejected;

    /// <exception cref="LyraException">The script exceeded a limit, <c>report</c> failed, or nearly all rows are rejected.</exception>
    public void Run(IEnumerable<Row> rows, Report report)
    {
        Func<Row, LyraValue> transform = _engine.GetProc<Func<Row, LyraValue>>("transform");
        foreach (Row row in rows)
        {
            try
            {
                LyraValue result = transform(row);
                if (!result.IsNil)
                {
                    _sales.Add(result.As<Sale>());
                }
            }
            catch (Exception error) when (error is InvalidCastException or LyraException and not LyraLimitException
                && _rejected.Count < MostRejected)
            {
                string place = error is LyraException { Line: > 0 } at ? $" ({Path.GetFileName(at.File)}:{at.Line})" : "";
                _rejected.Add($"line {row.Line}: {error.Message}{place}");
            }
        }

        // The script reads both lists in place.
        _engine.Call("report", LyraValue.FromObject(_sales), LyraValue.FromObject(_rejected), LyraValue.FromObject(report));
    }

    public void Dispose() => _engine.Dispose();
}
