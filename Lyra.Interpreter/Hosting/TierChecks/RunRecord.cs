using System.Collections.Generic;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>The behavior of one run, as far as runs are compared.</summary>
internal sealed record RunRecord
{
    /// <summary>The printed text.</summary>
    public required string Output { get; init; }

    /// <summary>The ending, in one line.</summary>
    public required string Ending { get; init; }

    /// <summary>The trace of the error that ended the run, innermost call first; empty without an error.</summary>
    public required IReadOnlyList<string> Trace { get; init; }

    public required long Steps { get; init; }

    /// <summary>The steps in compiled code.</summary>
    public required long CompiledSteps { get; init; }

    /// <summary>The recordings that were started.</summary>
    public required long TracesStarted { get; init; }

    /// <summary>The traces that were compiled.</summary>
    public required long TracesCompiled { get; init; }

    /// <summary>The roots of the heap at the end.</summary>
    public required IReadOnlyList<HeapPart> Roots { get; init; }

    /// <summary>A digest of the reachable heap.</summary>
    public required string Digest { get; init; }

    /// <summary>True if the script read module <c>jit</c> or the figures of module <c>vm</c>.</summary>
    public required bool ReadsTierState { get; init; }

    /// <summary>A description of a failure of the compiler; empty without one.</summary>
    public required string Fault { get; init; }
}
