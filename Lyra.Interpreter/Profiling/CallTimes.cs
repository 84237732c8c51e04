using System;
using System.Collections.Generic;
using Lyra.Runtime.Profiling;

namespace Lyra.Interpreter.Profiling;

/// <summary>The tree of calls in a form for users, and the times of procs that follow from it.</summary>
internal sealed class CallTimes
{
    private readonly Dictionary<ProcKey, long> _inclusive = [];
    private readonly Dictionary<ProcKey, long> _exclusive = [];
    private readonly Dictionary<CallNode, int> _ids = [];
    private readonly Dictionary<ProbedCode, ProcKey> _keys = [];
    private readonly List<ProfiledCall> _calls = [];
    private readonly List<ProfiledSample> _samples = [];

    private CallTimes()
    {
    }

    public IReadOnlyList<ProfiledCall> Calls => _calls;

    public IReadOnlyList<ProfiledSample> Samples => _samples;

    public static CallTimes Of(ProfileSession session)
    {
        CallTimes times = new();
        if (session.Sampler is not { } sampler)
        {
            return times;
        }

        foreach (InstrumentedModule module in session.Modules())
        {
            foreach (InstrumentedProc proc in module.Procs)
            {
                times._keys.Add(proc.Copy.Counts!.Probed!, CountedProc.KeyOf(proc.Original));
            }
        }

        times.AddCallees(sampler.Root);
        foreach ((CallNode call, long time) in sampler.Sequence())
        {
            if (times._ids.TryGetValue(call, out int id))
            {
                times._samples.Add(new ProfiledSample(id, Ticks.Time(time)));
            }
        }

        return times;
    }

    public TimeSpan InclusiveTime(ProcKey proc) => Ticks.Time(_inclusive.GetValueOrDefault(proc));

    public TimeSpan ExclusiveTime(ProcKey proc) => Ticks.Time(_exclusive.GetValueOrDefault(proc));

    /// <summary>Adds the tree without recursion: scripts may call as deep as their limit allows.</summary>
    private void AddCallees(CallNode root)
    {
        Stack<CallNode> pending = new([root]);
        while (pending.TryPop(out CallNode? node))
        {
            if (node.Code is { } code)
            {
                Add(node, _keys[code]);
            }

            foreach (CallNode callee in node.Callees)
            {
                pending.Push(callee);
            }
        }
    }

    private void Add(CallNode node, ProcKey key)
    {
        int caller = node.Caller is { Code: not null } parent ? _ids[parent] : -1;
        _ids.Add(node, _calls.Count);
        _calls.Add(new ProfiledCall(_calls.Count, caller, key.Name, key.File, key.Line, Ticks.Time(node.Time)));
        _exclusive[key] = _exclusive.GetValueOrDefault(key) + node.Time;
        if (node.Time == 0)
        {
            return;
        }

        HashSet<ProcKey> counted = [];
        for (CallNode? at = node; at is { Code: { } active }; at = at.Caller)
        {
            // A recursive proc is on the stack several times, but its time counts once.
            ProcKey proc = _keys[active];
            if (counted.Add(proc))
            {
                _inclusive[proc] = _inclusive.GetValueOrDefault(proc) + node.Time;
            }
        }
    }
}
