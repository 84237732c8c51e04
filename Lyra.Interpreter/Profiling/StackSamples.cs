using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Profiling;

/// <summary>Calls that lead to a proc, in a tree: the same proc called by the same procs is one node.</summary>
/// <param name="code">The instrumented code; null for the root.</param>
/// <param name="parent">The caller; null for the root.</param>
internal sealed class StackNode(Prototype? code, StackNode? parent)
{
    public Prototype? Code => code;

    public StackNode? Parent => parent;

    public Dictionary<Prototype, StackNode> Callees { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The time in the proc itself, in units of <see cref="Stopwatch"/>.</summary>
    public long Time { get; set; }
}

/// <summary>
/// The call stacks of the run, sampled by its own thread where it checks its limits. The time since the last sample counts as that of the
/// procs that are on the stack now.
/// </summary>
internal sealed class StackSamples
{
    /// <summary>The number of samples that are kept in order; later ones are in the tree only.</summary>
    private const int MaxSequence = 100_000;

    private static readonly long Interval = Stopwatch.Frequency / 1_000;

    private readonly List<(StackNode Node, long Time)> _sequence = [];
    private StackNode? _last;
    private long _lastTime;

    /// <summary>The root, whose callees are the procs that the host calls.</summary>
    public StackNode Root { get; } = new(null, null);

    /// <summary>The samples in order: where the run was, and the time since the sample before.</summary>
    public IReadOnlyList<(StackNode Node, long Time)> Sequence => _sequence;

    /// <summary>Whether enough time has passed since the last sample.</summary>
    public bool IsDue => Stopwatch.GetTimestamp() - _lastTime >= Interval;

    /// <summary>Notes the beginning of a run.</summary>
    public void Begin()
    {
        _last = null;
        _lastTime = Stopwatch.GetTimestamp();
    }

    /// <summary>Notes the end of a run. The time since the last sample counts as that of the same procs.</summary>
    public void End()
    {
        if (_last is { } node)
        {
            Add(node);
            _last = null;
        }
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="frames">The code of all frames, the innermost last.</param>
    public void Add(ReadOnlySpan<Prototype> frames)
    {
        StackNode node = Root;
        foreach (Prototype code in frames)
        {
            if (!node.Callees.TryGetValue(code, out StackNode? callee))
            {
                callee = new StackNode(code, node);
                node.Callees.Add(code, callee);
            }

            node = callee;
        }

        Add(node);
        _last = node;
    }

    private void Add(StackNode node)
    {
        long now = Stopwatch.GetTimestamp();
        long time = now - _lastTime;
        _lastTime = now;
        node.Time += time;
        if (_sequence.Count < MaxSequence)
        {
            _sequence.Add((node, time));
        }
    }
}
