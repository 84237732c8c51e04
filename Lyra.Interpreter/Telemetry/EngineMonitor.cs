using System;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Memory;
using Keywords = Lyra.Interpreter.Telemetry.LyraEventSource.Keywords;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// Reports what happens in one engine, outside of its compiler: to the event source, if it has listeners, and to the figures of the meter.
/// The engine's thread uses it.
/// </summary>
/// <param name="engine">The number of the engine.</param>
internal sealed class EngineMonitor(int engine) : ICacheObserver, ISlabObserver
{
    private long _startedAt;

    /// <summary>What the meter shows of the engine.</summary>
    public EngineFigures Figures { get; } = new();

    /// <summary>Called when the engine is made.</summary>
    /// <param name="owner">The engine, which is not kept alive.</param>
    /// <param name="jit">Its mode of compilation.</param>
    public void Created(object owner, Enum jit)
    {
        EngineRegistry.Shared.Add(engine, owner, Figures);
        EngineDirectory.Find = static id => EngineRegistry.Shared.Find(id) as IScriptCaller;
        if (EventTrace.Shared.IsEnabled(EventLevel.Informational, Keywords.Engines))
        {
            ReportCreated(jit);
        }

        Monitoring.Poll();
    }

    private void ReportCreated(Enum jit) =>
        Write(EventLevel.Informational, Keywords.Engines, source => source.EngineCreated(engine, jit.ToString()));

    /// <summary>Called when the engine is disposed.</summary>
    public void Disposed()
    {
        EngineRegistry.Shared.Remove(engine);
        if (EventTrace.Shared.IsEnabled(EventLevel.Informational, Keywords.Engines))
        {
            ReportDisposed(Figures.Runs);
        }
    }

    private void ReportDisposed(long runs) =>
        Write(EventLevel.Informational, Keywords.Engines, source => source.EngineDisposed(engine, runs));

    /// <summary>Whether the time of the present run is measured, because somebody listens.</summary>
    public bool IsTiming => _startedAt != 0;

    /// <summary>Called when an outermost run begins.</summary>
    public void RunBegins() => _startedAt = LyraMeter.Current is { MeasuresRuns: true } ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Called when an outermost run has ended, with or without an error.</summary>
    public void RunEnds()
    {
        Figures.Runs++;
        if (_startedAt != 0)
        {
            LyraMeter.Current!.RecordRun(Stopwatch.GetElapsedTime(_startedAt));
        }

        Monitoring.Poll();
    }

    /// <summary>Called when an outermost run, or the compilation of its source, has ended with an error.</summary>
    public void RunFailed(ErrorObject error)
    {
        if (error.Class == ErrorClass.Exit)
        {
            return;
        }

        Figures.FailedRuns++;
        if ((error.Class == ErrorClass.RunCancellation ? ErrorKinds.Cancelled : error.Limit?.ToString()) is not { } limit)
        {
            return;
        }

        EventTotals.Shared.CountLimit(limit);
        if (EventTrace.Shared.IsEnabled(EventLevel.Warning, Keywords.Limits))
        {
            string file = error.File ?? string.Empty;
            Write(
                EventLevel.Warning,
                Keywords.Limits,
                source => source.LimitReached(engine, limit, file, error.Line, error.Message));
        }
    }

    /// <summary>Reports and counts a warning of the engine's health.</summary>
    public void Warn(string kind, string message)
    {
        EventTotals.Shared.CountWarning(kind);
        if (EventTrace.Shared.IsEnabled(EventLevel.Warning, Keywords.Health))
        {
            Write(EventLevel.Warning, Keywords.Health, source => source.HealthWarning(engine, kind, message));
        }
    }

    /// <summary>Reports and counts a change of the engine's code in memory.</summary>
    public void IntegrityViolated(string message)
    {
        Figures.IntegrityViolations++;
        if (EventTrace.Shared.IsEnabled(EventLevel.Error, Keywords.Health))
        {
            Write(EventLevel.Error, Keywords.Health, source => source.IntegrityViolated(engine, message));
        }
    }

    public void OnEvicted(int entries)
    {
        if (EventTrace.Shared.IsEnabled(EventLevel.Informational, Keywords.Cache))
        {
            Write(EventLevel.Informational, Keywords.Cache, source => source.CacheEvicted(engine, entries));
        }
    }

    public void OnCleared(int entries)
    {
        if (EventTrace.Shared.IsEnabled(EventLevel.Informational, Keywords.Cache))
        {
            Write(EventLevel.Informational, Keywords.Cache, source => source.CacheReset(engine, entries));
        }
    }

    public void OnGrown(int slotBytes, int slots)
    {
        if (EventTrace.Shared.IsEnabled(EventLevel.Informational, Keywords.Pools))
        {
            Write(EventLevel.Informational, Keywords.Pools, source => source.PoolGrew(engine, slotBytes, slots));
        }
    }

    public void OnTrimmed(int slotBytes, int slots)
    {
        if (EventTrace.Shared.IsEnabled(EventLevel.Informational, Keywords.Pools))
        {
            Write(EventLevel.Informational, Keywords.Pools, source => source.PoolTrimmed(engine, slotBytes, slots));
        }
    }

    private static void Write(EventLevel level, EventKeywords keywords, Action<LyraEventSource> e) =>
        EventTrace.Shared.Write(level, keywords, e);
}
