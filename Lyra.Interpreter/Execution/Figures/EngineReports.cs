using System;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Telemetry;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Caches;

namespace Lyra.Interpreter.Execution;

/// <summary>Tells those who watch an engine about its runs and its figures: the meter and the health checks.</summary>
/// <param name="monitor">Receives the figures; null in an interpreter that belongs to no engine.</param>
/// <param name="caches">The caches whose counters are copied.</param>
/// <param name="integrity">Counts the checks of code and stacks.</param>
/// <param name="limiter">Counts the steps.</param>
/// <param name="tiering">Counts the steps of compiled code.</param>
internal sealed class EngineReports(
    EngineMonitor? monitor, EngineCaches caches, IntegrityChecks integrity, RunLimiter limiter, TierAdapter tiering)
{
    /// <summary>
    /// The runs after which the figures are copied, as long as nobody listens to the times of runs; a power of two.
    /// </summary>
    private const int RunsPerPublication = 64;

    /// <summary>
    /// The number of runs before which the end of a run is only counted, unless somebody listens to their times or a pool or cache is used.
    /// </summary>
    private long _nextReport;

    /// <summary>
    /// Called when an outermost run has ended, if there is something to check: pools or a cache that were used, or a checkpoint that is
    /// due. Null for nothing.
    /// </summary>
    public Action? RunEnded { get; set; }

    /// <summary>The number of runs at which a checkpoint is due.</summary>
    public long NextCheckpoint
    {
        get;
        set
        {
            field = value;
            _nextReport = 0;
        }
    } = long.MaxValue;

    /// <summary>The checks of code, stacks and cached answers.</summary>
    public long IntegrityCheckCount => integrity.Checks + caches.SharedStatistics.Checks;

    private bool IsRunWorthChecking =>
        caches.HasPools || caches.HasShared || monitor is not { Figures.Runs: var runs } || runs >= NextCheckpoint;

    /// <summary>
    /// Tells those who watch the engine that an outermost run has ended. The counters are not copied after each of many runs if nobody
    /// listens to the times of runs, because a host may make millions of calls in a second.
    /// </summary>
    public void ReportRunEnd()
    {
        if (monitor is { IsTiming: false } && monitor.Figures.Runs < _nextReport && !caches.HasSlabs && !caches.HasShared)
        {
            monitor.RunEnds();
            return;
        }

        Report();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Report()
    {
        if (monitor is not null)
        {
            long runs = monitor.Figures.Runs;
            if ((runs & (RunsPerPublication - 1)) == 0 || runs < RunsPerPublication || monitor.IsTiming)
            {
                Publish();
            }

            monitor.RunEnds();
            runs++;
            long nextPublication = runs < RunsPerPublication ? runs : (runs + RunsPerPublication - 1) & -RunsPerPublication;
            _nextReport = Math.Min(nextPublication, NextCheckpoint - 1);
        }

        if (IsRunWorthChecking)
        {
            RunEnded?.Invoke();
        }
    }

    /// <summary>Copies the counters of the engine to the figures of the meter: often enough for it, and never on a hot path.</summary>
    public void Publish()
    {
        if (monitor is not { Figures: var figures })
        {
            return;
        }

        if (caches.HasShared)
        {
            HashInlineCacheStatistics cache = caches.SharedStatistics;
            figures.CacheLookups = cache.Lookups;
            figures.CacheHits = cache.Hits;
            figures.CacheEvictions = cache.Evictions;
        }

        if (caches.HasSlabs)
        {
            (figures.Slots, figures.UsedSlots) = caches.SlotCounts;
        }

        figures.IntegrityChecks = IntegrityCheckCount;
        figures.Steps = limiter.TotalSteps;
        if (tiering.HasController)
        {
            PublishTiers(figures);
        }
    }

    // Not inlined, because it loads the assembly of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PublishTiers(EngineFigures figures)
    {
        TierCounters counters = tiering.Controller.Counters;
        figures.CompiledSteps = counters.CompiledSteps + counters.EntrySteps;
        figures.Deoptimizations = counters.Deoptimizations;
    }
}
