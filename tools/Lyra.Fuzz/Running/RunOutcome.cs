using System;

namespace Lyra.Fuzz.Running;

/// <summary>The behaviour of a run as a script or its host can observe it.</summary>
/// <param name="Output">The printed output.</param>
/// <param name="End">The value, or the error with its trace.</param>
/// <param name="Steps">The steps after the run itself and after each call.</param>
/// <param name="Fault">A failure that no program may cause: an exception that is not a script error, or a fault of the compiler; null if
/// there was none.</param>
internal sealed record RunOutcome(string Output, string End, string Steps, string? Fault)
{
    /// <summary>Whether an error of the script or a limit ended the run.</summary>
    public bool IsError => End.StartsWith("Lyra", StringComparison.Ordinal);

    /// <summary>
    /// Whether the run exceeded the memory limit. Only this error may occur at a different step on other bytecode: the optimizer decides
    /// how long a register stays in use, and thereby which objects are reachable.
    /// </summary>
    private bool ExceedsMemoryLimit => End.Contains("the memory limit of ", StringComparison.Ordinal);

    /// <summary>Compares another run with this one; returns null if they agree.</summary>
    /// <param name="other">The other run.</param>
    /// <param name="isOfSameBytecode">Whether both ran the same bytecode.</param>
    public Difference? CompareWith(RunOutcome other, bool isOfSameBytecode = true)
    {
        if (other.Fault is not null)
        {
            return new Difference(DifferenceKind.Fault, other.Fault);
        }

        if (!isOfSameBytecode && (ExceedsMemoryLimit || other.ExceedsMemoryLimit))
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

/// <summary>The aspect in which two runs differ.</summary>
internal enum DifferenceKind
{
    Fault,
    Output,
    End,
    Steps,
}

/// <summary>A difference between two runs.</summary>
internal sealed record Difference(DifferenceKind Kind, string Text);
