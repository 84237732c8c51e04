using System;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>
/// Bounds what a source makes of little text: a variable that a closure captures is captured by each proc between, and a call sets each
/// parameter that the caller leaves out. The bounds are far above what programs need; they hold without limits of a host, too.
/// </summary>
internal sealed class SourceBounds
{
    /// <summary>The most captured variables of all procs of a source together.</summary>
    public const int MaxCaptures = 250_000;

    /// <summary>The most instructions of all procs of a source together.</summary>
    public const int MaxInstructions = 4_000_000;

    private int _captures;
    private int _instructions;

    /// <summary>Counts variables that procs capture.</summary>
    /// <exception cref="SourceTooLargeException">They are too many.</exception>
    public void AddCaptures(int count, SourceSpan span)
    {
        _captures += count;
        if (_captures > MaxCaptures)
        {
            throw new SourceTooLargeException(span, $"{MaxCaptures:N0} captured variables");
        }
    }

    /// <summary>Counts an instruction.</summary>
    /// <exception cref="SourceTooLargeException">There are too many.</exception>
    public void AddInstruction(SourceSpan span)
    {
        if (++_instructions > MaxInstructions)
        {
            throw new SourceTooLargeException(span, $"{MaxInstructions:N0} instructions");
        }
    }
}

/// <summary>Ends the compilation of a source that exceeds <see cref="SourceBounds"/>; the compiler reports it as a diagnostic.</summary>
/// <param name="span">The place where the bound was exceeded.</param>
/// <param name="bound">The number and what was counted.</param>
internal sealed class SourceTooLargeException(SourceSpan span, string bound) : Exception
{
    public SourceSpan Span { get; } = span;

    public string Bound { get; } = bound;
}
