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

    /// <summary>
    /// The engines by number. Handles instead of objects with finalizers, because engines must be cheap to make.
    /// </summary>
    private readonly Dictionary<int, Entry> _engines = [];
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

    /// <param name="id">The number of the engine.</param>
    /// <param name="engine">The engine, which is not kept alive.</param>
    /// <param name="figures">What the meter shows of it.</param>
    public void Add(int id, object engine, EngineFigures figures)
    {
        lock (_lock)
        {
            if (_engines.Count >= _nextSweep)
            {
                Sweep();
                _nextSweep = Math.Max(FirstSweep, 2 * _engines.Count);
            }

            _engines.Add(id, new Entry(new WeakGCHandle<object>(engine), figures));
            _created++;
        }
    }

    /// <summary>The engine with a number; null when it has ended.</summary>
    public object? Find(int id)
    {
        lock (_lock)
        {
            return _engines.TryGetValue(id, out Entry entry) && entry.Engine.TryGetTarget(out object? engine) ? engine : null;
        }
    }

    /// <summary>Called when an engine is disposed.</summary>
    public void Remove(int id)
    {
        lock (_lock)
        {
            End(id);
        }
    }

    /// <summary>The sum of a figure over all engines, including those that have ended.</summary>
    public long Sum(Func<EngineFigures, long> figure)
    {
        lock (_lock)
        {
            Sweep();
            long sum = figure(_ended);
            foreach (Entry each in _engines.Values)
            {
                sum += figure(each.Figures);
            }

            return sum;
        }
    }

    private void Sweep()
    {
        foreach ((int id, Entry entry) in _engines)
        {
            // A dictionary may be enumerated while entries are removed.
            if (!entry.Engine.TryGetTarget(out _))
            {
                End(id);
            }
        }
    }

    private void End(int id)
    {
        if (_engines.Remove(id, out Entry entry))
        {
            entry.Engine.Dispose();
            _ended.Add(entry.Figures);
        }
    }

    private readonly record struct Entry(WeakGCHandle<object> Engine, EngineFigures Figures);
}
