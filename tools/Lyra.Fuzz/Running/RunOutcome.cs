using System;

namespace Lyra.Fuzz.Running;

/// <summary>What a run did, as far as a script or its host can tell.</summary>
/// <param name="Output">What it printed.</param>
/// <param name="End">Its value, or its error with the trace.</param>
/// <param name="Steps">The steps that were taken, after the run itself and after each call.</param>
/// <param name="Fault">What must never happen whatever the program is: an exception that is no script error, or a fault of the compiler; null when nothing did.</param>
internal sealed record RunOutcome(string Output, string End, string Steps, string? Fault)
{
    /// <summary>
    /// Whether the memory limit was passed, which is the one thing that need not happen at the same step on other bytecode: how long a register is in use, and
    /// so what is reachable, is the optimizer's choice.
    /// </summary>
    private bool PassesMemoryLimit => End.Contains("the memory limit of ", StringComparison.Ordinal);

    /// <summary>In what another run differs from this one; null when it does not.</summary>
    /// <param name="other">The other run.</param>
    /// <param name="isOfSameBytecode">Whether both ran the same bytecode.</param>
    public Difference? CompareWith(RunOutcome other, bool isOfSameBytecode = true)
    {
        if (other.Fault is not null)
        {
            return new Difference(DifferenceKind.Fault, other.Fault);
        }

        if (!isOfSameBytecode && (PassesMemoryLimit || other.PassesMemoryLimit))
        {
            return null;
        }

        if (!string.Equals(Output, other.Output, StringComparison.Ordinal))
        {
            return new Difference(DifferenceKind.Output, $"expected output\n{Output}\nbut it was\n{other.Output}");
        }

        if (!string.Equals(End, other.End, StringComparison.Ordinal))
        {
            return new Difference(DifferenceKind.End, $"expected the end\n{End}\nbut it was\n{other.End}");
        }

        return string.Equals(Steps, other.Steps, StringComparison.Ordinal)
            ? null
            : new Difference(DifferenceKind.Steps, $"expected these steps\n{Steps}\nbut they were\n{other.Steps}");
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
