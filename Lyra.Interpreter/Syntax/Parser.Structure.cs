using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>What may stand where: jumps, yield and await.</summary>
internal sealed partial class Parser
{
    private readonly List<Loop> _loops = [];

    private enum ProcPlace : byte
    {
        TopLevel,
        Proc,
        AsyncProc,

        /// <summary>The default of a struct's field, evaluated in a constructor.</summary>
        Field,
    }

    private readonly record struct Loop(string? Label, int Finallies);

    /// <summary>The proc whose body is being read.</summary>
    private struct ProcScope
    {
        public ProcPlace Place;
        public ProcTraits Traits;

        /// <summary>Index of its first loop in <see cref="_loops"/>.</summary>
        public int FirstLoop;

        /// <summary>How many of its finally blocks are open.</summary>
        public int Finallies;
    }

    private ProcScope EnterProc(ProcPlace place)
    {
        ProcScope outer = _proc;
        _proc = new ProcScope { Place = place, FirstLoop = _loops.Count };
        return outer;
    }

    private void CheckLabel(string label, SourceSpan span)
    {
        bool isTaken = _loops.FindIndex(_proc.FirstLoop, loop => loop.Label == label) >= 0;
        if (isTaken) ReportMildly(SyntaxDiagnostics.DuplicateLabel, span, label);
    }

    private void CheckJump(string keyword, string? label, SourceSpan span, SourceSpan labelSpan)
    {
        int index = _loops.Count - 1;
        if (label is not null)
        {
            while (index >= _proc.FirstLoop && _loops[index].Label != label) index--;
        }

        if (index >= _proc.FirstLoop)
        {
            if (_loops[index].Finallies < _proc.Finallies) ReportMildly(SyntaxDiagnostics.LeavesFinally, span, keyword);
        }
        else if (label is not null)
        {
            ReportMildly(SyntaxDiagnostics.UnknownLabel, labelSpan, label);
        }
        else
        {
            ReportMildly(SyntaxDiagnostics.BreakOutsideLoop, span, keyword);
        }
    }

    private void CheckReturn(SourceSpan span)
    {
        if (_proc.Place is ProcPlace.TopLevel or ProcPlace.Field) ReportMildly(SyntaxDiagnostics.ReturnOutsideProc, span);
        else if (_proc.Finallies > 0) ReportMildly(SyntaxDiagnostics.LeavesFinally, span, "return");
    }

    private void CheckYield(SourceSpan span)
    {
        _proc.Traits |= ProcTraits.ContainsYield;
        if (_proc.Place == ProcPlace.AsyncProc) ReportMildly(SyntaxDiagnostics.YieldInAsync, span);
        else if (_proc.Place != ProcPlace.Proc) ReportMildly(SyntaxDiagnostics.YieldOutsideProc, span);
    }

    private void CheckAwait(SourceSpan span)
    {
        _proc.Traits |= ProcTraits.ContainsAwait;
        if (_proc.Place is ProcPlace.Proc or ProcPlace.Field) ReportMildly(SyntaxDiagnostics.MisplacedAwait, span);
    }
}
