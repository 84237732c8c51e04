using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// Sums the counters that the interpreter keeps per proc and loop. It does not keep modules alive: a garbage-collected module counts with
/// its last known counters.
/// </summary>
internal sealed class RunCounters
{
    private const int FirstSweep = 64;

    private readonly GrowableArray<Entry> _entries = new();
    private long _collectedCalls;
    private long _collectedBackEdges;
    private int _nextSweep = FirstSweep;

    /// <summary>Adds a module whose top level has ended.</summary>
    public void Add(ModuleInstance module)
    {
        if (_entries.Count >= _nextSweep)
        {
            Sweep();
            _nextSweep = Math.Max(FirstSweep, 2 * _entries.Count);
        }

        (long calls, long backEdges) = CountsOf(module.Main);
        _entries.Add(new Entry(new WeakReference<ModuleInstance>(module), calls, backEdges));
    }

    /// <summary>Returns the calls and back-edges up to now, including those of modules that were imported or are running.</summary>
    public (long Calls, long BackEdges) Read(IEnumerable<ModuleInstance> others)
    {
        Sweep();
        long calls = _collectedCalls;
        long backEdges = _collectedBackEdges;
        foreach (Entry entry in _entries)
        {
            calls += entry.Calls;
            backEdges += entry.BackEdges;
        }

        foreach (ModuleInstance module in others)
        {
            (long moreCalls, long moreBackEdges) = CountsOf(module.Main);
            calls += moreCalls;
            backEdges += moreBackEdges;
        }

        return (calls, backEdges);
    }

    /// <summary>Updates the counters of live modules and removes the others.</summary>
    private void Sweep()
    {
        int kept = 0;
        for (int i = 0; i < _entries.Count; i++)
        {
            Entry entry = _entries[i];
            if (entry.Module.TryGetTarget(out ModuleInstance? module))
            {
                (long calls, long backEdges) = CountsOf(module.Main);
                _entries[kept++] = entry with { Calls = calls, BackEdges = backEdges };
            }
            else
            {
                _collectedCalls += entry.Calls;
                _collectedBackEdges += entry.BackEdges;
            }
        }

        _entries.Truncate(kept);
    }

    private static (long Calls, long BackEdges) CountsOf(LinkedPrototype? root)
    {
        if (root is null)
        {
            return default;
        }

        long calls = 0;
        long backEdges = 0;
        Stack<LinkedPrototype> pending = new();
        pending.Push(root);
        while (pending.TryPop(out LinkedPrototype? prototype))
        {
            calls += prototype.CallCount;
            foreach (ref readonly LoopState loop in prototype.Loops.AsSpan())
            {
                backEdges += loop.Count;
            }

            foreach (LinkedPrototype? child in prototype.Children)
            {
                if (child is not null)
                {
                    pending.Push(child);
                }
            }
        }

        return (calls, backEdges);
    }

    private readonly record struct Entry(WeakReference<ModuleInstance> Module, long Calls, long BackEdges);
}
