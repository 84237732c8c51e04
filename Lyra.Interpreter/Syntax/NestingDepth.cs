using System;

namespace Lyra.Interpreter.Syntax;

/// <summary>Counts how deep the tree nests, and abandons a source that nests too deep.</summary>
/// <remarks>
/// Every construct that nests enters with <see cref="TryEnter"/>. A chain, which is read in a loop, makes its first operand deeper
/// afterwards (<see cref="JoinLeft"/>).
/// </remarks>
internal sealed class NestingDepth(TokenCursor tokens, SyntaxErrors errors, bool hasDeepStack)
{
    /// <summary>The depth of the current position.</summary>
    public int Depth { get; private set; }

    /// <summary>The depth of the deepest part of the construct that was read last.</summary>
    public int Peak { get; set; }

    /// <summary>True when the parse was abandoned because the thread may have too little stack.</summary>
    public bool NeedsDeepStack { get; private set; }

    /// <summary>Goes one level down. Returns false when that is too deep; then the parser is at the end of the file.</summary>
    public bool TryEnter()
    {
        if (++Depth > Peak) Peak = Depth;
        if (Depth <= DeepStack.ShallowDepth || hasDeepStack) return Check(tokens.CurrentSpan);

        NeedsDeepStack = true;
        errors.GiveUp();
        return false;
    }

    public void Leave() => Depth--;

    /// <summary>Begins a construct whose own peak counts, and returns the peak before it.</summary>
    public int Begin()
    {
        int outer = Peak;
        Peak = Depth;
        return outer;
    }

    /// <summary>Ends a construct that began with <see cref="Begin"/>.</summary>
    public void End(int outerPeak)
    {
        if (outerPeak > Peak) Peak = outerPeak;
    }

    /// <summary>
    /// Adds a level to what was read before the last operand, because it became the left side of a node. <see cref="Peak"/> becomes the
    /// depth of both sides together.
    /// </summary>
    /// <param name="leftPeak">The peak of the left side.</param>
    public bool JoinLeft(int leftPeak)
    {
        Peak = Math.Max(leftPeak + 1, Peak);
        return Check(tokens.CurrentSpan);
    }

    /// <summary>Adds levels to what was read last, because prefix operators enclose it.</summary>
    /// <param name="levels">The number of operators.</param>
    /// <param name="span">The place for a report.</param>
    public bool Enclose(int levels, SourceSpan span)
    {
        Peak += levels;
        return Check(span);
    }

    private bool Check(SourceSpan span)
    {
        if (errors.HasGivenUp) return false;
        if (Peak <= SyntaxLimits.MaxNesting) return true;

        errors.IsPanicking = false;
        errors.ReportAndPanic(SyntaxDiagnostics.TooDeep, span, $"{SyntaxLimits.MaxNesting}");
        errors.GiveUp();
        return false;
    }
}
