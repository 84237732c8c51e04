using System.Collections.Generic;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Syntax;

/// <summary>Checks that jumps, <c>yield</c>, <c>await</c> and declarations occur only where they are allowed.</summary>
internal sealed class PlacementRules(SyntaxErrors errors)
{
    private readonly GrowableArray<Loop> _loops = new();
    private ProcScope _proc;
    private int _blocks;

    /// <summary>True inside a block, where <c>import</c> and <c>pub</c> are not allowed.</summary>
    public bool IsInBlock => _blocks > 0;

    public void EnterBlock() => _blocks++;

    public void ExitBlock() => _blocks--;

    /// <summary>Begins a proc, and returns the state to pass to <see cref="ExitProc"/>.</summary>
    public ProcScope EnterProc(ProcPlace place)
    {
        ProcScope outer = _proc;
        _proc = new ProcScope { Place = place, FirstLoop = _loops.Count };
        return outer;
    }

    /// <summary>Ends a proc, and returns which of <c>yield</c> and <c>await</c> it contains.</summary>
    public ProcTraits ExitProc(ProcScope outer)
    {
        ProcTraits traits = _proc.Traits;
        _proc = outer;
        return traits;
    }

    public void EnterLoop(string? label) => _loops.Add(new Loop(label, _proc.Finallies));

    public void ExitLoop() => _loops.RemoveLast();

    public void EnterFinally() => _proc.Finallies++;

    public void ExitFinally() => _proc.Finallies--;

    /// <summary>Checks that no enclosing loop has the same label.</summary>
    public void CheckLabel(string label, SourceSpan span)
    {
        bool isTaken = _loops.FindIndex(loop => loop.Label == label, _proc.FirstLoop) >= 0;
        if (isTaken)
        {
            errors.Report(SyntaxDiagnostics.DuplicateLabel, span, label);
        }
    }

    /// <summary>Checks that the loop of a break or continue exists, and that no finally block is between.</summary>
    public void CheckJump(string keyword, string? label, SourceSpan span, SourceSpan labelSpan)
    {
        int index = _loops.Count - 1;
        if (label is not null)
        {
            while (index >= _proc.FirstLoop && _loops[index].Label != label)
            {
                index--;
            }
        }

        if (index >= _proc.FirstLoop)
        {
            if (_loops[index].Finallies < _proc.Finallies)
            {
                errors.Report(SyntaxDiagnostics.ExitsFinally, span, keyword);
            }
        }
        else if (label is not null)
        {
            errors.Report(SyntaxDiagnostics.UnknownLabel, labelSpan, label);
        }
        else
        {
            errors.Report(SyntaxDiagnostics.BreakOutsideLoop, span, keyword);
        }
    }

    public void CheckReturn(SourceSpan span)
    {
        if (_proc.Place is ProcPlace.TopLevel or ProcPlace.Field)
        {
            errors.Report(SyntaxDiagnostics.ReturnOutsideProc, span);
        }
        else if (_proc.Finallies > 0)
        {
            errors.Report(SyntaxDiagnostics.ExitsFinally, span, "return");
        }
    }

    /// <summary>Checks that a comprehension, which has just been parsed, contains neither <c>await</c> nor <c>yield</c>.</summary>
    public void CheckComprehension(SourceSpan span)
    {
        if (_proc.LastSuspension.Length > 0 && _proc.LastSuspension.Start >= span.Start)
        {
            errors.Report(SyntaxDiagnostics.SuspendedComprehension, _proc.LastSuspension);
        }
    }

    public void CheckYield(SourceSpan span)
    {
        _proc.LastSuspension = span;
        _proc.Traits |= ProcTraits.ContainsYield;
        if (_proc.Place == ProcPlace.AsyncProc)
        {
            errors.Report(SyntaxDiagnostics.YieldInAsync, span);
        }
        else if (_proc.Place != ProcPlace.Proc)
        {
            errors.Report(SyntaxDiagnostics.YieldOutsideProc, span);
        }
    }

    public void CheckAwait(SourceSpan span)
    {
        _proc.LastSuspension = span;
        _proc.Traits |= ProcTraits.ContainsAwait;
        if (_proc.Place is ProcPlace.Proc or ProcPlace.Field)
        {
            errors.Report(SyntaxDiagnostics.MisplacedAwait, span);
        }
    }

    /// <summary>The proc whose body is being parsed.</summary>
    internal struct ProcScope
    {
        public ProcPlace Place;
        public ProcTraits Traits;

        /// <summary>The last <c>yield</c> or <c>await</c>; empty before the first one.</summary>
        public SourceSpan LastSuspension;

        /// <summary>The index of its first loop among the open loops.</summary>
        public int FirstLoop;

        /// <summary>The number of its open finally blocks.</summary>
        public int Finallies;
    }

    private readonly record struct Loop(string? Label, int Finallies);
}
