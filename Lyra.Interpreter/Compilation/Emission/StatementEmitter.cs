using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Blocks and statements of every kind.</summary>
internal sealed class StatementEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    public void EmitStatement(Statement statement)
    {
        int mark = Registers.Top;
        switch (statement)
        {
            case ExpressionStatement expression: Expressions.EvalForEffect(expression.Expression); break;
            case VariableDeclaration variable: Proc.Declarations.EmitVariable(variable); return;
            case AssignmentStatement assignment: Proc.Assignments.EmitAssignment(assignment); break;
            case CompoundAssignmentStatement compound: Proc.Assignments.EmitCompound(compound); break;
            case BlockStatement block: EmitValueBlock(block, RegisterStack.None, null); break;
            case WhileStatement loop: Proc.Loops.EmitWhile(loop); break;
            case ForStatement loop: Proc.Loops.EmitFor(loop); break;
            case BreakStatement exit: EmitLoopExit(exit.Span, exit.Label, isBreak: true); break;
            case ContinueStatement exit: EmitLoopExit(exit.Span, exit.Label, isBreak: false); break;
            case ReturnStatement result: EmitReturn(result); break;
            case YieldStatement yield: EmitYield(yield); break;
            case ThrowStatement error: EmitThrow(error); break;
            case TryStatement guarded: Proc.Tries.EmitTry(guarded); break;
            case ProcDeclaration proc: Proc.Closures.EmitNestedProc(proc); return;
            case CollectStatement collect: Proc.Comprehensions.EmitCollect(collect); break;
            case ImportModule import: EmitImport(import); break;
            case ImportNames import: EmitImportNames(import); break;
        }

        Registers.Top = mark;
    }

    /// <summary>
    /// Emits a block. If <paramref name="target"/> is a register, it receives the value of the block: that of its last statement if this is
    /// an expression, otherwise nil.
    /// </summary>
    public StaticType EmitValueBlock(BlockStatement block, int target, SlotType? expected)
    {
        int mark = Registers.Top;
        OpenBlock(block);
        ImmutableArray<Statement> statements = block.Statements;
        bool hasValue = target != RegisterStack.None && statements.Length > 0 && statements[^1] is ExpressionStatement;
        for (int i = 0; i < statements.Length - (hasValue ? 1 : 0); i++)
        {
            EmitStatement(statements[i]);
        }

        StaticType type = StaticType.Unknown;
        if (hasValue)
        {
            type = Expressions.EvalTo(((ExpressionStatement)statements[^1]).Expression, target, expected);
        }
        else if (target != RegisterStack.None)
        {
            type = EvalBlockNil(block, target);
        }

        Registers.Top = mark;
        return type;
    }

    /// <summary>
    /// Loads nil, the value of a block that does not end with an expression. Its type is unknown if control may never reach the end.
    /// </summary>
    private StaticType EvalBlockNil(BlockStatement block, int target)
    {
        Code.At(block.Span);
        Expressions.EvalNil(target);
        return Owner.Flow.Of(block.Statements) == Completion.Always ? StaticType.Nil : StaticType.Unknown;
    }

    /// <summary>
    /// Emits the objects that must exist from the start of a block: upvalues of variables that closures may capture before their
    /// declaration, and hoisted procs.
    /// </summary>
    private void OpenBlock(BlockStatement block)
    {
        if (!Module.BlockScopes.TryGetValue(block, out Scope? scope))
        {
            return;
        }

        Code.At(block.Span);
        foreach (Symbol symbol in scope.EarlySymbols)
        {
            symbol.Register = Registers.Reserve();
            Code.Emit(Opcode.NewUnsetUpvalue, symbol.Register);
        }

        if (!scope.HoistsProcs)
        {
            return;
        }

        foreach (Statement statement in block.Statements)
        {
            if (statement is ProcDeclaration proc)
            {
                Proc.Closures.DefineNestedProc(Module.Symbols[proc], proc);
            }
        }
    }

    private void EmitLoopExit(SourceSpan span, string? label, bool isBreak)
    {
        Code.At(span);
        Proc.Exits.EmitLoopExit(label, isBreak);
    }

    private void EmitReturn(ReturnStatement statement)
    {
        SlotType? type = Proc.ResultSlot;
        if (statement.Value is null)
        {
            Code.At(statement.Span);
            EmitReturnNil(type, statement);
            return;
        }

        Operand value = Expressions.Eval(statement.Value, expected: type);
        int register = Proc.Slots.CheckValue(value, type, statement.Value.Span);
        Code.At(statement.Span);
        Proc.Exits.EmitReturn(register);
    }

    private void EmitReturnNil(SlotType? type, ReturnStatement statement)
    {
        if (type is not null)
        {
            Proc.Slots.ReportMismatch(StaticType.Nil, type, statement.Span);
        }

        if (!Proc.Exits.HasWork)
        {
            Code.Emit(Opcode.ReturnNil);
            return;
        }

        int register = Registers.Reserve();
        Code.Emit(Opcode.LoadNil, register);
        Proc.Exits.EmitReturn(register);
    }

    private void EmitYield(YieldStatement yield)
    {
        int register;
        if (yield.Value is not null)
        {
            register = Expressions.Eval(yield.Value).Register;
        }
        else
        {
            register = Registers.Reserve();
            Code.Emit(Opcode.LoadNil, register);
        }

        Code.At(yield.Span);
        Code.Emit(Opcode.Yield, register);
    }

    private void EmitThrow(ThrowStatement statement)
    {
        Operand error = Expressions.Eval(statement.Value);
        Code.At(statement.Span);
        Code.Emit(Opcode.Throw, error.Register);
    }

    private void EmitImport(ImportModule import)
    {
        int register = Registers.Reserve();
        Code.At(import.Span);
        Code.EmitWide(Opcode.Import, register, Tables.Constants.IndexOf(import.Path.Text));
        Proc.Variables.Store(Module.Symbols[import], register);
        Proc.Closures.AdoptAfter(Module.Symbols[import].Slot);
    }

    private void EmitImportNames(ImportNames import)
    {
        int source = Registers.Reserve();
        int register = Registers.Reserve();
        Code.At(import.Span);
        Code.EmitWide(Opcode.Import, source, Tables.Constants.IndexOf(import.Path.Text));
        foreach (ImportedName name in import.Names)
        {
            Code.At(name.Span);
            Code.Emit(Opcode.ImportName, register, source, Tables.ConstantOperand(name.Name));
            Proc.Variables.Store(Module.Symbols[name], register);
        }

        foreach (ImportedName name in import.Names)
        {
            Proc.Closures.AdoptAfter(Module.Symbols[name].Slot);
        }
    }
}
