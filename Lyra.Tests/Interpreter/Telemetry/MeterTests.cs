using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using Lyra.Interpreter.Telemetry;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;
using static Lyra.Tests.Interpreter.Hosting.MonitoredScripts;

namespace Lyra.Tests.Interpreter.Telemetry;

/// <summary>The meter <c>Lyra</c>: each instrument has an action that moves it.</summary>
[Collection(MeterListening.Collection)]
public sealed class MeterTests : IDisposable
{
    private static readonly LyraLimits Few = new() { MaxSteps = 1_000 };

    private static readonly Move[] Moves =
    [
        new("lyra.run.duration", "s", 3, Interpreted, engine => Repeat(3, () => engine.Run("1"))),
        new("lyra.compile.duration", "s", 1, Waiting, Runs(HotLoop)),
        new("lyra.engines.active", "{engine}", 1, Interpreted, _ => { }) { IsLevel = true },
        new("lyra.engines.created", "{engine}", 1, Interpreted, _ => { }),
        new("lyra.runs", "{run}", 3, Interpreted, engine => Repeat(3, () => engine.Run("1"))),
        new("lyra.runs.failed", "{run}", 1, Interpreted, engine => Should.Throw<LyraException>(() => engine.Run("throw \"x\""))),
        new("lyra.limits.hit", "{run}", 1, Interpreted with { Limits = Few }, Endless) { Tag = ("lyra.limit", "steps") },
        new("lyra.steps", "{step}", 100, Interpreted, Runs("for i in 0..100 { }")) { Tag = ("lyra.tier", "interpreted") },
        new("lyra.steps", "{step}", 40_000, Waiting, Runs(HotLoop)) { Tag = ("lyra.tier", "compiled") },
        new("lyra.regions.compiled", "{region}", 1, Waiting, Runs(HotLoop)),
        new("lyra.regions.dropped", "{region}", 1, Waiting with { HotExitThreshold = 1_000_000 }, Runs(DroppedLoop)),
        new("lyra.regions.aborted", "{region}", 1, Waiting, Runs(ThrowingLoop)) { Tag = ("lyra.reason", "raisedout") },
        new("lyra.exits", "{exit}", 4, Waiting, Runs(ChangingLoop)),
        new("lyra.cache.lookups", "{lookup}", 24, Interpreted, Runs(Members(structs: 3, fields: 4))),
        new("lyra.cache.hits", "{lookup}", 12, Interpreted, Runs(Members(structs: 3, fields: 4))),
        new("lyra.cache.evictions", "{entry}", 500, Interpreted, Runs(Members(structs: 60, fields: 60))),
        new("lyra.pool.slots", "{slot}", 16, Interpreted with { SlabSlots = 16 }, Runs(Hashed)) { IsLevel = true },
        new("lyra.pool.slots.used", "{slot}", 1, Interpreted with { SlabSlots = 16 }, Runs(Hashed)) { IsLevel = true, IsReadInside = true },
        new("lyra.integrity.checks", "{check}", 2, Interpreted with { IntegrityInterval = 1 }, Runs("for i in 0..100_000 { }")),
        new("lyra.integrity.violations", "{check}", 1, Interpreted with { IntegrityInterval = 1 }, ChangesCode),
        new("lyra.health.warnings", "{warning}", 1, Interpreted, Grows) { Tag = ("lyra.reason", "growingmemory") },
    ];

    private readonly MeterListener _listener = new();
    private readonly Dictionary<(string, string), double> _values = [];
    private readonly List<Instrument> _instruments = [];

    public MeterTests()
    {
        Monitoring.Complete();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // LoadingTests loads further copies of Lyra, with meters of their own.
            if (instrument.Meter.Name == LyraMeter.MeterName && LyraMeter.Current!.Has(instrument))
            {
                _instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, tags, value, isSum: false));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, tags, value, isSum: false));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags, 1, isSum: true));
        _listener.Start();
    }

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Moves.Length)];

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Every_instrument_has_a_move() =>
        _instruments.Select(instrument => $"{instrument.Name} {instrument.Unit}").Order(StringComparer.Ordinal)
            .ShouldBe(Moves.Select(move => $"{move.Instrument} {move.Unit}").Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_move_moves_the_instrument(int row)
    {
        Move move = Moves[row];
        double before = Read(move);
        double inside = 0;
        using LyraEngine engine = new(move.Options);
        engine.Define("look", () =>
        {
            engine.PublishFigures();
            inside = Math.Max(inside, Read(move));
        });
        move.Act(engine);

        double after = move.IsReadInside ? inside : Read(move);
        (move.IsLevel ? after : after - before).ShouldBeGreaterThanOrEqualTo(move.Least, move.Instrument);
    }

    [Fact]
    public void A_long_run_is_shown_before_it_ends()
    {
        using LyraEngine engine = new(Interpreted);
        double during = 0;
        double before = Steps();
        engine.Define("look", () => during = Steps());
        engine.Run("for i in 0..500_000 { }\nlook()");

        (during - before).ShouldBeGreaterThan(300_000);

        double Steps() => Read(Moves.Single(move => move.Tag.Value == "interpreted"));
    }

    [Fact]
    public void The_table_of_the_documentation_is_current()
    {
        string page = System.IO.File.ReadAllText(Repository.PathOf("docs", "embedding.md"));
        string[] rows = [.. MarkedPart.Read(page, "instruments").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split('|').Skip(1).Take(3).Select(cell => cell.Trim(' ', '`'))))];

        rows.Order(StringComparer.Ordinal).ShouldBe(_instruments
            .Select(instrument => $"{instrument.Name} {instrument.Unit} {KindOf(instrument)}").Order(StringComparer.Ordinal));
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name switch
    {
        "Histogram`1" => "histogram",
        "ObservableCounter`1" => "counter",
        _ => "level",
    };

    private static Action<LyraEngine> Runs(string source) => engine => engine.Run(source);

    private static void Repeat(int times, Action action)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    private static void Endless(LyraEngine engine) => Should.Throw<LyraLimitException>(() => engine.Run("while true { }"));

    private static void Grows(LyraEngine engine)
    {
        engine.Run("let kept = []\nproc keep() { kept.push(bytes(300_000)) }");
        engine.Health.CheckpointInterval = 1;
        Repeat(12, () => engine.Call("keep"));
    }

    private double Read(Move move)
    {
        _listener.RecordObservableInstruments();
        lock (_values)
        {
            return _values.GetValueOrDefault((move.Instrument, move.Tag.Value ?? string.Empty));
        }
    }

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags, double value, bool isSum)
    {
        (string, string) key = (instrument.Name, tags.Length == 0 ? string.Empty : (string)tags[0].Value!);
        lock (_values)
        {
            _values[key] = isSum ? _values.GetValueOrDefault(key) + value : value;
        }
    }

    private sealed record Move(string Instrument, string Unit, double Least, LyraOptions Options, Action<LyraEngine> Act)
    {
        public (string? Name, string? Value) Tag { get; init; }

        /// <summary>Whether the instrument shows a level, not a total.</summary>
        public bool IsLevel { get; init; }

        /// <summary>Whether the instrument is read while the script runs, by its call of <c>look</c>.</summary>
        public bool IsReadInside { get; init; }
    }
}
