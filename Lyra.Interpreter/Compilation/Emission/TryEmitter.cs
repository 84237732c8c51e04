using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary><c>try</c>, with its <c>catch</c> clauses and <c>finally</c> block.</summary>
internal sealed class TryEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    public void EmitTry(TryStatement statement)
    {
        if (statement.Finally is null)
        {
            EmitCatches(statement);
            return;
        }

        FinallyPoint point = new(Registers.Reserve(FinallyPoint.RegisterCount), Code.NewLabel());
        Code.At(statement.Span);
        Code.Emit(Opcode.LoadNil, point.ErrorRegister);
        Code.Emit(Opcode.LoadNil, point.ValueRegister);
        Proc.Exits.Open(point);
        int start = Code.Count;
        EmitCatches(statement);
        int end = Code.Count;
        Proc.Exits.Close();
        Code.At(statement.Finally.Span);
        Code.EmitWide(Opcode.LoadInt, point.Register, 0);
        Code.Bind(point.Body);
        int body = Code.Count;
        Code.AddHandler(HandlerKind.Finally, start, end, body, point.Register);
        Proc.Statements.EmitValueBlock(statement.Finally, RegisterStack.None, null);
        Code.At(statement.Span);
        Code.AddHandler(HandlerKind.FinallyBody, body, Code.Count, 0, point.Register);
        Code.Emit(Opcode.EndFinally, point.Register);
        Proc.Exits.EmitPendingExits(point);
    }

    private void EmitCatches(TryStatement statement)
    {
        int start = Code.Count;
        Proc.Statements.EmitValueBlock(statement.Body, RegisterStack.None, null);
        if (statement.Catches.IsEmpty)
        {
            return;
        }

        int end = Code.Count;
        int mark = Registers.Top;
        Label after = Code.NewLabel();
        Code.EmitJump(Opcode.Jump, after);
        int error = Registers.Reserve();
        Code.Bind(Code.NewLabel());
        Code.AddHandler(HandlerKind.Catch, start, end, Code.Count, error);
        bool catchesAll = false;
        foreach (CatchClause clause in statement.Catches)
        {
            EmitCatch(clause, error, after);
            catchesAll |= clause.Kind is null;
        }

        Code.At(statement.Span);
        if (!catchesAll)
        {
            Code.Emit(Opcode.Throw, error);
        }

        Code.Bind(after);
        Registers.Top = mark;
    }

    private void EmitCatch(CatchClause clause, int error, Label after)
    {
        int mark = Registers.Top;
        Label next = Code.NewLabel();
        Code.At(clause.Span);
        if (clause.Kind is not null)
        {
            int kind = Registers.Reserve();
            Code.Emit(Opcode.GetField, kind, error, Tables.Site("kind"));
            Code.EmitJump(Opcode.JumpNeConst, next, kind, Tables.ConstantOperand(clause.Kind));
            Registers.Top = mark;
        }

        int start = Code.Count;
        if (Module.SymbolOf(clause) is Symbol symbol)
        {
            BindCaught(symbol, error);
        }

        Proc.Statements.EmitValueBlock(clause.Body, RegisterStack.None, null);
        Code.AddHandler(HandlerKind.CatchBody, start, Code.Count, 0, error);
        Code.EmitJump(Opcode.Jump, after);
        Code.Bind(next);
        Registers.Top = mark;
    }

    /// <summary>A variable that is never assigned takes over the register of the error.</summary>
    private void BindCaught(Symbol symbol, int error)
    {
        if (!symbol.IsReassigned)
        {
            symbol.Register = error;
            return;
        }

        int own = Registers.Reserve();
        Code.Move(own, error);
        Proc.Variables.BindRegister(symbol, own);
    }
}
