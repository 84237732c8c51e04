using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Telemetry;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Caches;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Interpreter.Execution;

/// <content>The figures of the engine for statistics, the meter and the health checks.</content>
internal sealed partial class Interpreter
{
    private const long LeastStepsToTrim = 1_000;

    /// <summary>
    /// The runs after which the figures are copied, as long as nobody listens to the times of runs; a power of two.
    /// </summary>
    private const int RunsPerPublication = 64;

    private int _epoch = MemoryPressure.Epoch;

    /// <summary>Reports what happens in the engine; null in an interpreter that belongs to none.</summary>
    public EngineMonitor? Monitor { get; }

    /// <summary>
    /// Called when an outermost run has ended, if there is something to check: pools or a cache that were used, or a checkpoint that is
    /// due. Null for nothing.
    /// </summary>
    public Action? RunEnded { get; set; }

    /// <summary>The number of runs at which a checkpoint is due.</summary>
    public long NextCheckpoint { get; set; } = long.MaxValue;

    private bool IsRunWorthChecking =>
        _slabs is not null || _sharedCache is not null || Monitor is not { Figures.Runs: var runs } || runs >= NextCheckpoint;

    /// <summary>The counters of the shared cache.</summary>
    public HashInlineCacheStatistics CacheStatistics => _sharedCache?.Statistics ?? default;

    /// <summary>
    /// The routines of operators by operand types, as <see cref="OperatorTable"/> describes them: those of built-in types, then the hooks
    /// of the structs that are alive, in the order of their declarations.
    /// </summary>
    public List<KeyValuePair<string, string>> Operators
    {
        get
        {
            List<KeyValuePair<string, string>> rows = [.. OperatorTable.Rows()];
            foreach (Shape shape in _hookedShapes?.Living() ?? [])
            {
                rows.AddRange(OperatorTable.HooksOf(shape));
            }

            foreach (HostType type in HostTypes?.Defined ?? [])
            {
                rows.AddRange(OperatorRows.Of(type));
            }

            return rows;
        }
    }

    /// <summary>The present lengths of the chains of the shared cache.</summary>
    public CacheChains CacheChains => _sharedCache?.MeasureChains() ?? default;

    /// <summary>The damaged entries that the shared cache has found.</summary>
    public long CacheViolations => _sharedCache?.Violations ?? 0;

    /// <summary>The checks of code, stacks and cached answers.</summary>
    public long IntegrityCheckCount => Integrity.Checks + CacheStatistics.Checks;

    /// <summary>Whether the slab pool has been used.</summary>
    public bool HasSlabs => _slabs is not null;

    /// <summary>The slots of the slab pool, and the rented ones of them.</summary>
    public (int Slots, int Used) SlotCounts => _slabs?.SlotCounts ?? default;

    /// <summary>The returns of slots that the slab pool has refused.</summary>
    public long RefusedReturns => _slabs?.RefusedReturns ?? 0;

    /// <summary>The present point in the sequence of the slab pool's rentals.</summary>
    public SlabCheckpoint SlabCheckpoint => _slabs?.Checkpoint() ?? default;

    /// <summary>The state of the slab pool; null before its first use.</summary>
    public SlabPoolStatistics? SlabStatistics => _slabs?.Snapshot();

    /// <summary>The slots that were rented after a checkpoint and not returned.</summary>
    public int SlotsRentedSince(SlabCheckpoint checkpoint)
    {
        int slots = 0;
        foreach (int leaked in _slabs?.LeaksSince(checkpoint) ?? [])
        {
            slots += leaked;
        }

        return slots;
    }

    /// <summary>The steps that a script pays for <see cref="TrimCaches"/>: one for eight slots and possible entries.</summary>
    public long StepsToTrim
    {
        get
        {
            int ofCache = _settings.Cache is { } cache ? cache.Slots + cache.EvictFrom : 0;
            return Math.Max(LeastStepsToTrim, (ofCache + _settings.TextSlots) / 8);
        }
    }

    /// <summary>The strs that the table of texts has taken, and those that it has returned again.</summary>
    public (long Interned, long Hits) TextCounts => (_texts?.Interned ?? 0, _texts?.Hits ?? 0);

    /// <summary>
    /// Empties the shared cache and the table of texts, and releases the slabs without rented slots and the arrays that growing containers
    /// have given up. Scripts can't observe the difference.
    /// </summary>
    public void TrimCaches()
    {
        _sharedCache?.Clear();
        _texts?.Clear();
        _slabs?.Defragment();
        _slabs?.ResetRecentPeaks();
        TaskFrames.Clear();
        FreeArrays.Drop();
    }

    /// <summary>Empties the shared cache, whose methods belong to modules that are gone.</summary>
    public void ForgetMembers() => _sharedCache?.Clear();

    /// <summary>At the end of a run: releases the slabs without rented slots if memory has become scarce since the last time.</summary>
    public void TrimIfScarce()
    {
        int epoch = MemoryPressure.Epoch;
        if (epoch != _epoch)
        {
            _epoch = epoch;
            _slabs?.Defragment();
        }
    }

    /// <summary>
    /// Tells those who watch the engine that an outermost run has ended. The counters are not copied after each of many runs if nobody
    /// listens to the times of runs, because a host may make millions of calls in a second.
    /// </summary>
    private void ReportRunEnd()
    {
        if (Monitor is { } monitor)
        {
            long runs = monitor.Figures.Runs;
            if ((runs & (RunsPerPublication - 1)) == 0 || runs < RunsPerPublication || monitor.IsTiming)
            {
                PublishFigures();
            }

            monitor.RunEnds();
        }

        if (IsRunWorthChecking)
        {
            RunEnded?.Invoke();
        }
    }

    /// <summary>Copies the counters of the engine to the figures of the meter: often enough for it, and never on a hot path.</summary>
    public void PublishFigures()
    {
        if (Monitor is not { Figures: var figures })
        {
            return;
        }

        if (_sharedCache is not null)
        {
            HashInlineCacheStatistics cache = _sharedCache.Statistics;
            figures.CacheLookups = cache.Lookups;
            figures.CacheHits = cache.Hits;
            figures.CacheEvictions = cache.Evictions;
        }

        if (_slabs is not null)
        {
            (figures.Slots, figures.UsedSlots) = _slabs.SlotCounts;
        }

        figures.IntegrityChecks = IntegrityCheckCount;
        figures.Steps = Limiter.TotalSteps;
        if (Tiering.HasController)
        {
            PublishTiers(figures);
        }
    }

    // Not inlined, because it loads the assembly of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PublishTiers(EngineFigures figures)
    {
        TierCounters counters = Tiers.Counters;
        figures.CompiledSteps = counters.CompiledSteps + counters.EntrySteps;
        figures.Deoptimizations = counters.Deoptimizations;
    }
}
