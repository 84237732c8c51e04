using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// The engines of the process, which it does not keep alive, and the figures of those that have ended: disposed, or collected without it.
/// Thread-safe.
/// </summary>
internal sealed class EngineRegistry
{
    private const int FirstSweep = 64;

    private readonly Lock _lock = new();

    /// <summary>Handles instead of objects with finalizers, because engines must be cheap to make.</summary>
    private readonly Dictionary<EngineFigures, WeakGCHandle<object>> _engines = [];
    private readonly EngineFigures _ended = new();
    private long _created;
    private int _nextSweep = FirstSweep;

    /// <summary>The one of the process.</summary>
    public static EngineRegistry Shared { get; } = new();

    /// <summary>The number of engines created so far.</summary>
    public long Created => Volatile.Read(ref _created);

    /// <summary>The number of engines that are neither disposed nor collected.</summary>
    public int Active
    {
        get
        {
            lock (_lock)
            {
                Sweep();
                return _engines.Count;
            }
        }
    }

    public void Add(object engine, EngineFigures figures)
    {
        lock (_lock)
        {
            if (_engines.Count >= _nextSweep)
            {
                Sweep();
                _nextSweep = Math.Max(FirstSweep, 2 * _engines.Count);
            }

            _engines.Add(figures, new WeakGCHandle<object>(engine));
            _created++;
        }
    }

    /// <summary>Called when an engine is disposed.</summary>
    public void Remove(EngineFigures figures)
    {
        lock (_lock)
        {
            End(figures);
        }
    }

    /// <summary>The sum of a figure over all engines, including those that have ended.</summary>
    public long Sum(Func<EngineFigures, long> figure)
    {
        lock (_lock)
        {
            Sweep();
            long sum = figure(_ended);
            foreach (EngineFigures each in _engines.Keys)
            {
                sum += figure(each);
            }

            return sum;
        }
    }

    private void Sweep()
    {
        foreach ((EngineFigures figures, WeakGCHandle<object> engine) in _engines)
        {
            // A dictionary may be enumerated while entries are removed.
            if (!engine.TryGetTarget(out _))
            {
                End(figures);
            }
        }
    }

    private void End(EngineFigures figures)
    {
        if (_engines.Remove(figures, out WeakGCHandle<object> engine))
        {
            engine.Dispose();
            _ended.Add(figures);
        }
    }
}
