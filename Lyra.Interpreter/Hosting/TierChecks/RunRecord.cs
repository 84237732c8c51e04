using System.Collections.Generic;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>What one run of a program did, as far as runs are compared by it.</summary>
internal sealed record RunRecord
{
    /// <summary>What it printed.</summary>
    public required string Output { get; init; }

    /// <summary>How it ended, in a line.</summary>
    public required string Ending { get; init; }

    /// <summary>The trace of the error that ended it, innermost call first; empty without one.</summary>
    public required IReadOnlyList<string> Trace { get; init; }

    public required long Steps { get; init; }

    /// <summary>Of the steps, those in compiled code.</summary>
    public required long CompiledSteps { get; init; }

    /// <summary>Recordings begun.</summary>
    public required long TracesStarted { get; init; }

    /// <summary>Traces compiled.</summary>
    public required long TracesCompiled { get; init; }

    /// <summary>From where everything is reached that the engine held at the end.</summary>
    public required IReadOnlyList<HeapPart> Roots { get; init; }

    /// <summary>Stands for what is reached.</summary>
    public required string Digest { get; init; }

    /// <summary>Whether the program asked which tier runs it.</summary>
    public required bool AskedForTier { get; init; }

    /// <summary>What went wrong in the compiler; empty when nothing did.</summary>
    public required string Fault { get; init; }
}
