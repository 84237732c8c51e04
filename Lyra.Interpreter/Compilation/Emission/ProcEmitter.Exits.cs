using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>break, continue, return, and try statements, through which these have to pass.</summary>
internal sealed partial class ProcEmitter
{
    /// <summary>Whether a return has anything to do on its way out.</summary>
    private bool LeavesThroughSomething => _exits.Exists(static point => point is FinallyPoint or LoopPoint { Iterator: not NoTarget });

    private void LeaveLoop(string? label, bool isBreak)
    {
        for (int i = _exits.Count - 1; i >= 0; i--)
        {
            if (_exits[i] is not LoopPoint loop || (label is not null && loop.Label != label)) continue;
            Leave(new Exit(loop, isBreak), NoTarget, _exits.Count - 1);
            return;
        }
    }

    /// <summary>Emits a way out from <paramref name="from"/>, the innermost construct to leave: closes iterators, and goes through the next finally block.</summary>
    private void Leave(Exit exit, int value, int from)
    {
        for (int i = from; i >= 0; i--)
        {
            if (_exits[i] is FinallyPoint guarded)
            {
                EnterFinally(guarded, exit, value);
                return;
            }

            LoopPoint loop = (LoopPoint)_exits[i];
            bool isLast = loop == exit.Loop;
            if (loop.Iterator != NoTarget && !(isLast && !exit.IsBreak)) _code.Emit(Opcode.CloseIter, loop.Iterator);
            if (!isLast) continue;
            _code.EmitJump(Opcode.Jump, exit.IsBreak ? loop.Break : loop.Continue);
            return;
        }

        _code.Emit(Opcode.Return, value);
    }

    private void EnterFinally(FinallyPoint guarded, Exit exit, int value)
    {
        if (exit.Loop is null) Move(guarded.ValueRegister, value);
        _code.EmitWide(Opcode.LoadInt, guarded.Register, guarded.SelectorOf(exit));
        _code.EmitJump(Opcode.Jump, guarded.Body);
    }

    private void EmitTry(TryStatement statement)
    {
        if (statement.Finally is null)
        {
            EmitCatches(statement);
            return;
        }

        FinallyPoint point = new(Reserve(3), _code.NewLabel());
        At(statement.Span);
        _code.Emit(Opcode.LoadNil, point.Register + 1);
        _code.Emit(Opcode.LoadNil, point.ValueRegister);
        _exits.Add(point);
        int start = _code.Count;
        EmitCatches(statement);
        int end = _code.Count;
        _exits.RemoveAt(_exits.Count - 1);
        At(statement.Finally.Span);
        _code.EmitWide(Opcode.LoadInt, point.Register, 0);
        _code.Bind(point.Body);
        int body = _code.Count;
        _code.AddHandler(HandlerKind.Finally, start, end, body, point.Register);
        EmitValueBlock(statement.Finally, NoTarget, null);
        At(statement.Span);
        _code.AddHandler(HandlerKind.FinallyBody, body, _code.Count, 0, point.Register);
        _code.Emit(Opcode.EndFinally, point.Register);
        EmitWaitingExits(point);
    }

    /// <summary>Goes on with the break, continue or return that came through a finally block.</summary>
    private void EmitWaitingExits(FinallyPoint point)
    {
        for (int i = 0; i < point.Exits.Count; i++)
        {
            Label next = _code.NewLabel();
            _code.EmitJump(Opcode.JumpNeInt, next, point.Register, i + 1);
            Leave(point.Exits[i], point.ValueRegister, _exits.Count - 1);
            _code.Bind(next);
        }
    }

    private void EmitCatches(TryStatement statement)
    {
        int start = _code.Count;
        EmitValueBlock(statement.Body, NoTarget, null);
        if (statement.Catches.IsEmpty) return;

        int end = _code.Count;
        int mark = _top;
        Label after = _code.NewLabel();
        _code.EmitJump(Opcode.Jump, after);
        int error = Reserve();
        _code.Bind(_code.NewLabel());
        _code.AddHandler(HandlerKind.Catch, start, end, _code.Count, error);
        bool takesAll = false;
        foreach (CatchClause clause in statement.Catches)
        {
            EmitCatch(clause, error, after);
            takesAll |= clause.Kind is null;
        }

        At(statement.Span);
        if (!takesAll) _code.Emit(Opcode.Throw, error);
        _code.Bind(after);
        _top = mark;
    }

    private void EmitCatch(CatchClause clause, int error, Label after)
    {
        int mark = _top;
        Label next = _code.NewLabel();
        At(clause.Span);
        if (clause.Kind is not null)
        {
            int kind = Reserve();
            _code.Emit(Opcode.GetField, kind, error, Site("kind"));
            _code.EmitJump(Opcode.JumpNeConst, next, kind, Fit(_constants.IndexOf(clause.Kind), "constants"));
            _top = mark;
        }

        int start = _code.Count;
        if (_module.SymbolOf(clause) is Symbol symbol) BindCaught(symbol, error);
        EmitValueBlock(clause.Body, NoTarget, null);
        _code.AddHandler(HandlerKind.CatchBody, start, _code.Count, 0, error);
        _code.EmitJump(Opcode.Jump, after);
        _code.Bind(next);
        _top = mark;
    }

    /// <summary>The clause's variable is the register of the error itself, unless it may change.</summary>
    private void BindCaught(Symbol symbol, int error)
    {
        if (!symbol.IsReassigned)
        {
            symbol.Register = error;
            return;
        }

        int own = Reserve();
        Move(own, error);
        Settle(symbol, own);
    }
}
