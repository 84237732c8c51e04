using System;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax;

/// <summary>Tracks the nesting depth of the tree, and abandons a source that exceeds the limit.</summary>
/// <remarks>
/// Every construct that nests calls <see cref="TryEnter"/>. A chain is parsed in a loop; each link increases the depth of what precedes it
/// (<see cref="JoinLeft"/>).
/// </remarks>
internal sealed class NestingDepth(TokenCursor tokens, SyntaxErrors errors, bool hasDeepStack)
{
    /// <summary>The depth of the current position.</summary>
    public int Depth { get; private set; }

    /// <summary>The depth of the deepest part of the construct that was parsed last.</summary>
    public int Peak { get; set; }

    /// <summary>True if the parse was abandoned because the thread may have too little stack.</summary>
    public bool NeedsDeepStack { get; private set; }

    /// <summary>Enters one level. Returns false if that exceeds the limit; the parser is then at the end of the file.</summary>
    public bool TryEnter()
    {
        if (++Depth > Peak)
        {
            Peak = Depth;
        }

        if (Depth <= DeepStack.ShallowDepth || hasDeepStack)
        {
            return Check(tokens.CurrentSpan);
        }

        NeedsDeepStack = true;
        errors.Abandon();
        return false;
    }

    public void Exit() => Depth--;

    /// <summary>Begins a construct whose peak is measured separately, and returns the peak before it.</summary>
    public int Begin()
    {
        int outer = Peak;
        Peak = Depth;
        return outer;
    }

    /// <summary>Ends a construct that began with <see cref="Begin"/>.</summary>
    public void End(int outerPeak)
    {
        if (outerPeak > Peak)
        {
            Peak = outerPeak;
        }
    }

    /// <summary>
    /// Adds a level to everything parsed before the last operand, because it became the left side of a node. <see cref="Peak"/> becomes the
    /// depth of both sides together.
    /// </summary>
    /// <param name="leftPeak">The peak of the left side.</param>
    public bool JoinLeft(int leftPeak)
    {
        Peak = Math.Max(leftPeak + 1, Peak);
        return Check(tokens.CurrentSpan);
    }

    /// <summary>Adds levels to the construct parsed last, because prefix operators enclose it.</summary>
    /// <param name="levels">The number of operators.</param>
    /// <param name="span">The position for an error.</param>
    public bool Enclose(int levels, SourceSpan span)
    {
        Peak += levels;
        return Check(span);
    }

    private bool Check(SourceSpan span)
    {
        if (errors.IsAbandoned)
        {
            return false;
        }

        if (Peak <= SyntaxLimits.MaxNesting)
        {
            return true;
        }

        errors.IsPanicking = false;
        errors.ReportAndPanic(SyntaxDiagnostics.TooDeep, span, $"{SyntaxLimits.MaxNesting}");
        errors.Abandon();
        return false;
    }
}
