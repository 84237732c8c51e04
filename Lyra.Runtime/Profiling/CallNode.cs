using System.Collections.Generic;
using System.Diagnostics;

namespace Lyra.Runtime.Profiling;

/// <summary>
/// Calls that lead to a proc, in a tree: the same proc called by the same procs is one node. The thread of the script adds nodes; a sampler
/// on another thread adds times.
/// </summary>
/// <param name="code">The proc; null for the root, the host.</param>
/// <param name="caller">The caller; null for the root.</param>
internal sealed class CallNode(ProbedCode? code, CallNode? caller)
{
    private readonly Dictionary<ProbedCode, CallNode> _callees = new(ReferenceEqualityComparer.Instance);
    private CallNode? _lastCallee;

    public ProbedCode? Code => code;

    public CallNode? Caller => caller;

    /// <summary>The number of callers up to the root.</summary>
    public int Depth { get; } = caller is null ? 0 : caller.Depth + 1;

    /// <summary>The sampled time in the proc itself, in units of <see cref="Stopwatch"/>.</summary>
    public long Time { get; set; }

    public IReadOnlyCollection<CallNode> Callees => _callees.Values;

    /// <summary>The node of a call that the proc makes.</summary>
    public CallNode Callee(ProbedCode called)
    {
        if (_lastCallee is { } last && ReferenceEquals(last.Code, called))
        {
            return last;
        }

        if (!_callees.TryGetValue(called, out CallNode? callee))
        {
            callee = new CallNode(called, this);
            _callees.Add(called, callee);
        }

        return _lastCallee = callee;
    }
}
