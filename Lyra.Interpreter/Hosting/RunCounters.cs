using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// Sums the counters that the interpreter keeps per proc and loop. A module that nothing refers to any more counts with what it had at the end of its run,
/// so that counting keeps no module alive.
/// </summary>
internal sealed class RunCounters
{
    private const int FirstSweep = 64;

    private readonly List<Entry> _entries = [];
    private long _goneCalls;
    private long _goneBackEdges;
    private int _nextSweep = FirstSweep;

    /// <summary>Takes in a module whose top level has ended.</summary>
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

    /// <summary>Calls and back-edges up to now, those of the imported modules included.</summary>
    public (long Calls, long BackEdges) Read(IEnumerable<ModuleInstance> imported)
    {
        Sweep();
        long calls = _goneCalls;
        long backEdges = _goneBackEdges;
        foreach (Entry entry in _entries)
        {
            calls += entry.Calls;
            backEdges += entry.BackEdges;
        }

        foreach (ModuleInstance module in imported)
        {
            (long moreCalls, long moreBackEdges) = CountsOf(module.Main);
            calls += moreCalls;
            backEdges += moreBackEdges;
        }

        return (calls, backEdges);
    }

    /// <summary>Brings the counts of the living up to date and lets the others go.</summary>
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
                _goneCalls += entry.Calls;
                _goneBackEdges += entry.BackEdges;
            }
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
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
