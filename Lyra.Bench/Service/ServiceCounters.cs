using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>The counts of all workers of a service.</summary>
internal sealed class ServiceCounters
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];
    private List<WeakReference> _dropped = [];
    private long _requests;

    /// <summary>The answered requests, including those that must be stopped.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Engines dropped.</summary>
    public long Engines { get; private set; }

    /// <summary>Regions compiled in the engines that were dropped.</summary>
    public long Regions { get; private set; }

    /// <summary>The number of stopped scripts, by the cause of the stop.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    /// <summary>Wrong answers and unexpected errors; only the first few.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public void CountRequests(int requests) => Interlocked.Add(ref _requests, requests);

    public void CountOutcome(string outcome)
    {
        lock (_lock)
        {
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        }
    }

    public void CountFault(string fault)
    {
        lock (_lock)
        {
            if (_faults.Count < 5)
            {
                _faults.Add(fault);
            }
        }
    }

    /// <summary>Counts an engine that is dropped.</summary>
    public void CountDropped(LyraEngine engine, long regions)
    {
        lock (_lock)
        {
            Engines++;
            Regions += regions;
            _dropped.Add(new WeakReference(engine));
        }
    }

    /// <summary>
    /// Counts the engines dropped since the last call that are still reachable; call it after a collection, when no worker runs.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int CountHeld()
    {
        // A compilation that runs while its engine is dropped keeps the engine alive until the compilation ends.
        for (int i = 0; i < 50 && _dropped.Exists(static engine => engine.IsAlive); i++)
        {
            ProcessMemory.Collect();
        }

        int held = _dropped.FindAll(static engine => engine.IsAlive).Count;
        _dropped = [];
        return held;
    }
}
