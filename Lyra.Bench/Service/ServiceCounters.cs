using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>What the workers of a service count together.</summary>
internal sealed class ServiceCounters
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];
    private List<WeakReference> _dropped = [];
    private long _requests;

    /// <summary>Requests answered, those that were to be stopped too.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Engines dropped.</summary>
    public long Engines { get; private set; }

    /// <summary>Regions compiled in the engines that were dropped.</summary>
    public long Regions { get; private set; }

    /// <summary>How often scripts were stopped, by what stopped them.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    /// <summary>Answers that are wrong, and errors that should not be; the first few.</summary>
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

    /// <summary>An engine goes out of use.</summary>
    public void CountDropped(LyraEngine engine, long regions)
    {
        lock (_lock)
        {
            Engines++;
            Regions += regions;
            _dropped.Add(new WeakReference(engine));
        }
    }

    /// <summary>Engines dropped since the last call that something still holds; after a collection, when no worker runs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int CountHeld()
    {
        // The compilation that runs when an engine is dropped comes to its end, and holds it until then.
        for (int i = 0; i < 50 && _dropped.Exists(static engine => engine.IsAlive); i++)
        {
            ProcessMemory.Collect();
        }

        int held = _dropped.FindAll(static engine => engine.IsAlive).Count;
        _dropped = [];
        return held;
    }
}
