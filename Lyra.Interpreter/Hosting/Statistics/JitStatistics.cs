using System;
using System.Collections.Generic;

namespace Lyra;

/// <summary>Counters of the compiler to machine code.</summary>
public sealed record JitStatistics
{
    /// <summary>True if the platform can compile scripts. If it is false, everything is interpreted.</summary>
    public bool Available { get; init; }

    /// <summary>The recordings of hot code that were started.</summary>
    public long TracesStarted { get; init; }

    /// <summary>The traces that were compiled.</summary>
    public long TracesCompiled { get; init; }

    /// <summary>The compiled traces that start at an exit of another trace.</summary>
    public long SideTraces { get; init; }

    /// <summary>The aborted recordings, by reason.</summary>
    public IReadOnlyDictionary<string, long> Aborts { get; init; } = new Dictionary<string, long>();

    /// <summary>The number of times that the interpreter entered compiled code.</summary>
    public long Entries { get; init; }

    /// <summary>The exits taken, by guard: its file, line and operation. Exits of a script that was garbage-collected are gone.</summary>
    public IReadOnlyDictionary<string, long> GuardExits { get; init; } = new Dictionary<string, long>();

    /// <summary>The dropped traces: compiled, then discarded because they did not pay or because they called such a trace.</summary>
    public long Dropped { get; init; }

    /// <summary>
    /// The number of returns to the interpreter in the middle of a trace, because a guard failed. Exits at which the interpreter only
    /// checks limits are not counted.
    /// </summary>
    public long Deoptimizations { get; init; }

    /// <summary>The size of the emitted code in bytes of IL.</summary>
    public long CodeBytes { get; init; }

    /// <summary>The time for which compilation stopped scripts.</summary>
    public TimeSpan CompileTime { get; init; }

    /// <summary>The time for which other threads compiled while scripts continued.</summary>
    public TimeSpan BackgroundTime { get; init; }

    /// <summary>The bytes of managed memory that compilations allocated, on any thread. No memory limit counts them.</summary>
    public long CompileBytes { get; init; }

    /// <summary>The steps of all runs.</summary>
    public long Steps { get; init; }

    /// <summary>The steps taken in compiled code, without those of its call-outs to the interpreter.</summary>
    public long CompiledSteps { get; init; }

    /// <summary>
    /// The call-outs: instructions that the interpreter executed for compiled code, which has no code of its own for them.
    /// </summary>
    public long CallOuts { get; init; }
}
