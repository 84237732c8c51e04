using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Profiling;

/// <summary>The tree of calls in a form for users, and the times of procs that follow from it.</summary>
internal sealed class CallTimes
{
    private readonly Dictionary<ProcKey, long> _inclusive = [];
    private readonly Dictionary<ProcKey, long> _exclusive = [];
    private readonly Dictionary<StackNode, int> _ids = [];
    private readonly List<ProfiledCall> _calls = [];
    private readonly List<ProfiledSample> _samples = [];

    private CallTimes()
    {
    }

    public IReadOnlyList<ProfiledCall> Calls => _calls;

    public IReadOnlyList<ProfiledSample> Samples => _samples;

    /// <param name="samples">The samples; null for none.</param>
    public static CallTimes Of(StackSamples? samples)
    {
        CallTimes times = new();
        if (samples is null)
        {
            return times;
        }

        times.AddCallees(samples.Root);
        foreach ((StackNode node, long time) in samples.Sequence)
        {
            times._samples.Add(new ProfiledSample(times._ids[node], Ticks.Time(time)));
        }

        return times;
    }

    public TimeSpan InclusiveTime(ProcKey proc) => Ticks.Time(_inclusive.GetValueOrDefault(proc));

    public TimeSpan ExclusiveTime(ProcKey proc) => Ticks.Time(_exclusive.GetValueOrDefault(proc));

    /// <summary>Adds the tree without recursion: scripts may call as deep as their limit allows.</summary>
    private void AddCallees(StackNode root)
    {
        Stack<StackNode> pending = new([root]);
        while (pending.TryPop(out StackNode? node))
        {
            if (node.Code is { } code)
            {
                Add(node, code);
            }

            foreach (StackNode callee in node.Callees.Values)
            {
                pending.Push(callee);
            }
        }
    }

    private void Add(StackNode node, Prototype code)
    {
        ProcKey key = CountedProc.KeyOf(code);
        int caller = node.Parent is { Code: not null } parent ? _ids[parent] : -1;
        _ids.Add(node, _calls.Count);
        _calls.Add(new ProfiledCall(_calls.Count, caller, key.Name, key.File, key.Line, Ticks.Time(node.Time)));
        _exclusive[key] = _exclusive.GetValueOrDefault(key) + node.Time;
        HashSet<ProcKey> counted = [];
        for (StackNode? at = node; at is { Code: { } active }; at = at.Parent)
        {
            // A recursive proc is on the stack several times, but its time counts once.
            ProcKey proc = CountedProc.KeyOf(active);
            if (node.Time > 0 && counted.Add(proc))
            {
                _inclusive[proc] = _inclusive.GetValueOrDefault(proc) + node.Time;
            }
        }
    }
}
