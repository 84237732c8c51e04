using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;

namespace Lyra;

/// <summary>
/// Watches an engine for leaks. At the end of each run it checks that all slots of the pools were returned and that nothing was damaged;
/// that costs nanoseconds. What scripts can reach is counted by <see cref="Checkpoint"/> only, which walks the heap.
/// </summary>
/// <remarks>
/// Warnings also go to the event source and the meter <c>Lyra</c>. The thread rules are those of the engine.
/// </remarks>
public sealed class LyraHealth
{
    /// <summary>The consecutive checkpoints whose growth is a warning.</summary>
    internal const int GrowingCheckpoints = 8;

    /// <summary>The growth over these checkpoints below which there is no warning, in bytes.</summary>
    internal const long LeastGrowth = 1 << 20;

    /// <summary>The most warnings that are kept; later ones still go to the event source and the meter.</summary>
    private const int MaxWarnings = 100;

    private readonly Interpreter.Execution.Interpreter _interpreter;
    private readonly EngineMonitor _monitor;
    private readonly EngineGate _gate;
    private List<LyraHealthWarning>? _warnings;
    private SlabCheckpoint _slabs;
    private int _reportedSlots;
    private long _reportedReturns;
    private long _reportedViolations;
    private int _interval;

    /// <summary>The last checkpoints, each larger than the one before.</summary>
    private Queue<LyraCheckpoint> Recent => field ??= [];

    internal LyraHealth(Interpreter.Execution.Interpreter interpreter, EngineMonitor monitor, EngineGate gate)
    {
        _interpreter = interpreter;
        _monitor = monitor;
        _gate = gate;
    }

    /// <summary>
    /// The runs after which the engine takes a checkpoint by itself, to notice growth; 0, the default, for never. A checkpoint takes
    /// time in proportion to the reachable objects.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int CheckpointInterval
    {
        get => _interval;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _interval = value;
            _interpreter.Reports.NextCheckpoint = value == 0 ? long.MaxValue : _monitor.Figures.Runs + value;
        }
    }

    /// <summary>The warnings so far, oldest first: a copy, of at most 100.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public IReadOnlyList<LyraHealthWarning> Warnings
    {
        get
        {
            _gate.Enter();
            try
            {
                return _warnings is null ? [] : [.. _warnings];
            }
            finally
            {
                _gate.Exit();
            }
        }
    }

    /// <summary>
    /// Counts what scripts can reach, and the rented slots. Warns if the memory has grown from each of the last eight checkpoints to the
    /// next, by half and by 1 MB in total.
    /// </summary>
    /// <exception cref="InvalidOperationException">A script runs, or another thread is using the engine.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public LyraCheckpoint Checkpoint()
    {
        _gate.Enter();
        try
        {
            return _interpreter.IsRunning
                ? throw new InvalidOperationException(
                    "A checkpoint can't be taken while a script runs, because half-built values would count; take it after the run.")
                : TakeCheckpoint();
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Called when an outermost run has ended.</summary>
    internal void AfterRun()
    {
        if (_interpreter.Caches.HasPools)
        {
            CheckSlots();
            _interpreter.Caches.TrimIfScarce();
        }

        if (_interpreter.Caches.Violations > _reportedViolations)
        {
            WarnOfCache();
        }

        if (_monitor.Figures.Runs >= _interpreter.Reports.NextCheckpoint)
        {
            _interpreter.Reports.NextCheckpoint = _monitor.Figures.Runs + _interval;
            TakeCheckpoint();
        }
    }

    private void CheckSlots()
    {
        int used = _interpreter.Caches.SlotCounts.Used;
        if (used > _reportedSlots)
        {
            Warn(LyraHealthWarningKind.SlotsNotReturned, $"slots of the pools that are rented although no script runs: {used}");
        }

        _reportedSlots = used;
        long refused = _interpreter.Caches.RefusedReturns;
        if (refused > _reportedReturns)
        {
            Warn(LyraHealthWarningKind.RefusedReturns, $"returns of slots that were refused: {refused}");
            _reportedReturns = refused;
        }
    }

    private void WarnOfCache()
    {
        HashInlineCacheStatistics cache = _interpreter.Caches.SharedStatistics;
        Warn(LyraHealthWarningKind.DamagedCache, $"{cache.Violations} of {cache.Checks} checked cache entries were damaged");
        _reportedViolations = cache.Violations;
    }

    private LyraCheckpoint TakeCheckpoint()
    {
        SortedDictionary<string, long> types = new(StringComparer.Ordinal);
        long bytes = _interpreter.Heap.ReachableBytes(byType: types);
        _interpreter.Heap.SweepIfDue(_interpreter.Limiter);
        LyraCheckpoint taken = new()
        {
            Runs = _monitor.Figures.Runs,
            ReachableBytes = bytes,
            BytesByType = types,
            UsedSlots = _interpreter.Caches.SlotCounts.Used,
            LeakedSlots = _interpreter.Caches.SlotsRentedSince(_slabs),
        };
        _slabs = _interpreter.Caches.SlabCheckpoint;
        CheckGrowth(taken);
        return taken;
    }

    /// <summary>
    /// Warns when the queue is full: it has the checkpoints since the memory last shrank or stayed, and begins anew with the warning.
    /// </summary>
    private void CheckGrowth(LyraCheckpoint taken)
    {
        if (Recent.Count > 0 && taken.ReachableBytes <= Recent.Last().ReachableBytes)
        {
            Recent.Clear();
        }

        Recent.Enqueue(taken);
        if (Recent.Count <= GrowingCheckpoints)
        {
            return;
        }

        LyraCheckpoint first = Recent.Dequeue();
        LyraCheckpoint growth = taken.Since(first);
        if (growth.ReachableBytes < LeastGrowth || growth.ReachableBytes < first.ReachableBytes / 2)
        {
            return;
        }

        (string type, long most) = growth.BytesByType.MaxBy(entry => entry.Value);
        Warn(LyraHealthWarningKind.GrowingMemory, string.Create(
            CultureInfo.InvariantCulture,
            $"reachable memory grew in {GrowingCheckpoints} checkpoints ({growth.Runs:N0} runs) from {first.ReachableBytes:N0} to "
            + $"{taken.ReachableBytes:N0} bytes, most of it by {type} ({most:N0} bytes)"));
        Recent.Clear();
        Recent.Enqueue(taken);
    }

    private void Warn(LyraHealthWarningKind kind, string message)
    {
        _warnings ??= [];
        if (_warnings.Count < MaxWarnings)
        {
            _warnings.Add(new LyraHealthWarning(kind, message));
        }

        _monitor.Warn(kind.ToString(), message);
    }
}
