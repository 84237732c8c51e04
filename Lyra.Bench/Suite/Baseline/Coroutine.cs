using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>A suspended frame of a generator or an async proc: its position and a copy of its part of the stack.</summary>
internal sealed class Coroutine(StackMachine machine, StackClosure closure, Value[] values) : ScriptIterator
{
    public StackClosure Closure { get; } = closure;

    /// <summary>The local variables and operands while it is suspended.</summary>
    public Value[] Values { get; set; } = values;

    /// <summary>The instruction to continue at.</summary>
    public int Pc { get; set; }

    /// <summary>The task whose frame this is; null for a generator.</summary>
    public TaskObject? Task { get; set; }

    public bool IsRunning { get; set; }

    public override long OwnBytes => 72 + (16L * Values.Length);

    public override bool MoveNext(ScriptContext context, out Value value) => machine.ResumeGenerator(this, out value);

    /// <summary>Ends it. There is no finally block that would have to run.</summary>
    public override void Close(ScriptContext context)
    {
        IsDone = true;
        Values = Array.Empty<Value>();
    }
}
