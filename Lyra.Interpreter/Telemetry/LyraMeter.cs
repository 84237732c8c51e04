using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// The meter <c>Lyra</c> of all engines of the process, for <c>dotnet-counters monitor --counters Lyra</c> and OpenTelemetry. Instruments
/// whose counters exist anyway are observable: reading them sums the engines' figures.
/// </summary>
internal sealed class LyraMeter
{
    public const string MeterName = "Lyra";

    private const string Limit = "lyra.limit";
    private const string Reason = "lyra.reason";
    private const string Tier = "lyra.tier";

    private static LyraMeter? _current;

    private readonly Histogram<double> _runDuration;
    private readonly Histogram<double> _compileDuration;

    private LyraMeter()
    {
        Meter meter = new(MeterName);
        EngineRegistry engines = EngineRegistry.Shared;
        EventTotals events = EventTotals.Shared;

        _runDuration = meter.CreateHistogram<double>("lyra.run.duration", "s", "The time of a run, or of a call by the host.");
        _compileDuration = meter.CreateHistogram<double>("lyra.compile.duration", "s", "The time to compile a region.");
        meter.CreateObservableUpDownCounter("lyra.engines.active", () => engines.Active, "{engine}", "Engines in existence.");
        meter.CreateObservableCounter("lyra.engines.created", () => engines.Created, "{engine}", "Engines created.");
        Sum("lyra.runs", "{run}", "Runs and calls that have ended.", static f => f.Runs);
        Sum("lyra.runs.failed", "{run}", "Those that ended with an error or at a limit.", static f => f.FailedRuns);
        meter.CreateObservableCounter(
            "lyra.limits.hit", () => Tagged(events.Limits, Limit), "{run}", "Runs that ended at a limit or were cancelled, by limit.");
        meter.CreateObservableCounter("lyra.steps", StepsByTier, "{step}", "Steps taken, by tier.");
        meter.CreateObservableCounter("lyra.regions.compiled", () => events.Compiled, "{region}", "Regions compiled.");
        meter.CreateObservableCounter("lyra.regions.dropped", () => events.Dropped, "{region}", "Compiled regions discarded.");
        meter.CreateObservableCounter(
            "lyra.regions.aborted", () => Tagged(events.Aborts, Reason), "{region}", "Recordings and compilations aborted, by reason.");
        Sum("lyra.exits", "{exit}", "Exits of compiled code because a guard failed.", static f => f.Deoptimizations);
        Sum("lyra.cache.lookups", "{lookup}", "Lookups in the shared caches.", static f => f.CacheLookups);
        Sum("lyra.cache.hits", "{lookup}", "Those that found an entry.", static f => f.CacheHits);
        Sum("lyra.cache.evictions", "{entry}", "Entries evicted from the shared caches.", static f => f.CacheEvictions);
        Level("lyra.pool.slots", "Slots of the slab pools.", static f => f.Slots);
        Level("lyra.pool.slots.used", "Rented slots of the slab pools.", static f => f.UsedSlots);
        Sum("lyra.integrity.checks", "{check}", "Checks of code, cached answers and stacks.", static f => f.IntegrityChecks);
        Sum("lyra.integrity.violations", "{check}", "Those that ended a run.", static f => f.IntegrityViolations);
        meter.CreateObservableCounter(
            "lyra.health.warnings", () => Tagged(events.Warnings, Reason), "{warning}", "Warnings of leaks and damage, by kind.");

        void Sum(string name, string unit, string description, Func<EngineFigures, long> figure) =>
            meter.CreateObservableCounter(name, () => engines.Sum(figure), unit, description);

        void Level(string name, string description, Func<EngineFigures, long> figure) =>
            meter.CreateObservableUpDownCounter(name, () => engines.Sum(figure), "{slot}", description);

        IEnumerable<Measurement<long>> StepsByTier()
        {
            long compiled = engines.Sum(static f => f.CompiledSteps);
            long all = engines.Sum(static f => f.Steps);
            return
            [
                new(compiled, new KeyValuePair<string, object?>(Tier, "compiled")),
                new(all - compiled, new KeyValuePair<string, object?>(Tier, "interpreted")),
            ];
        }
    }

    /// <summary>The meter; null until it is made.</summary>
    public static LyraMeter? Current => Volatile.Read(ref _current);

    /// <summary>Whether an instrument belongs to this meter. A process with a second copy of Lyra has a second meter of the name.</summary>
    public bool Has(Instrument instrument) => ReferenceEquals(instrument.Meter, _runDuration.Meter);

    /// <summary>Whether a listener receives the times of runs.</summary>
    public bool MeasuresRuns => _runDuration.Enabled;

    /// <summary>Makes the meter of the process.</summary>
    public static void Create() => Volatile.Write(ref _current, new LyraMeter());

    public void RecordRun(TimeSpan time) => _runDuration.Record(time.TotalSeconds);

    public void RecordCompilation(TimeSpan time) => _compileDuration.Record(time.TotalSeconds);

    private static IEnumerable<Measurement<long>> Tagged(KeyValuePair<string, long>[] counts, string tag) =>
        counts.Select(count => new Measurement<long>(
            count.Value, new KeyValuePair<string, object?>(tag, count.Key.ToLowerInvariant())));
}
