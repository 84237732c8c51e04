using System;
using System.Collections.Generic;

namespace Lyra;

/// <summary>What the compiler to machine code has done.</summary>
public sealed record JitStatistics
{
    /// <summary>Whether this build and platform can compile scripts; where not, everything is interpreted.</summary>
    public bool Available { get; init; }

    /// <summary>Recordings of hot code begun.</summary>
    public long TracesStarted { get; init; }

    /// <summary>Traces compiled.</summary>
    public long TracesCompiled { get; init; }

    /// <summary>Of these, traces that begin at an exit of another one.</summary>
    public long SideTraces { get; init; }

    /// <summary>Recordings given up, by reason.</summary>
    public IReadOnlyDictionary<string, long> Aborts { get; init; } = new Dictionary<string, long>();

    /// <summary>Times that the interpreter entered compiled code.</summary>
    public long Entries { get; init; }

    /// <summary>Exits taken, by guard: its file, line and operation. A script that nobody holds any more takes those of its guards with it.</summary>
    public IReadOnlyDictionary<string, long> GuardExits { get; init; } = new Dictionary<string, long>();

    /// <summary>Returns from compiled code to the interpreter in the middle of a trace.</summary>
    public long Deoptimizations { get; init; }

    /// <summary>Bytes of IL of the code emitted.</summary>
    public long CodeBytes { get; init; }

    /// <summary>How long compiling stopped the scripts.</summary>
    public TimeSpan CompileTime { get; init; }

    /// <summary>How long other threads worked on compiling while the scripts went on.</summary>
    public TimeSpan BackgroundTime { get; init; }

    /// <summary>Steps of all runs.</summary>
    public long Steps { get; init; }

    /// <summary>Of these, steps taken in compiled code; without those of what the interpreter executed for it.</summary>
    public long CompiledSteps { get; init; }

    /// <summary>Instructions that the interpreter executed for compiled code, because that has no better way for them.</summary>
    public long Interpretations { get; init; }
}
