using System;

namespace Lyra.Fuzz.Running;

/// <summary>What a run did, as far as a script or its host can tell.</summary>
/// <param name="Output">What it printed.</param>
/// <param name="End">Its value, or its error with the trace.</param>
/// <param name="Steps">The steps that it took.</param>
/// <param name="Fault">What must never happen whatever the program is: an exception that is no script error, or a fault of the compiler; null when nothing did.</param>
internal sealed record RunOutcome(string Output, string End, long Steps, string? Fault)
{
    /// <summary>In what another run differs from this one; null when it does not.</summary>
    public Difference? CompareWith(RunOutcome other)
    {
        if (other.Fault is not null)
        {
            return new Difference(DifferenceKind.Fault, other.Fault);
        }

        if (!string.Equals(Output, other.Output, StringComparison.Ordinal))
        {
            return new Difference(DifferenceKind.Output, $"expected output\n{Output}\nbut it was\n{other.Output}");
        }

        if (!string.Equals(End, other.End, StringComparison.Ordinal))
        {
            return new Difference(DifferenceKind.End, $"expected the end\n{End}\nbut it was\n{other.End}");
        }

        return Steps == other.Steps ? null : new Difference(DifferenceKind.Steps, $"expected {Steps} steps, but it took {other.Steps}");
    }
}

/// <summary>In what two runs differ.</summary>
internal enum DifferenceKind
{
    Fault,
    Output,
    End,
    Steps,
}

/// <summary>A difference between two runs.</summary>
internal sealed record Difference(DifferenceKind Kind, string Text);
