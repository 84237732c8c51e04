using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Blocks and simple statements.</summary>
internal sealed partial class ProcEmitter
{
    /// <summary>In place of a target register: the value is not wanted.</summary>
    private const int NoTarget = -1;

    private void EmitStatement(Statement statement)
    {
        int mark = _top;
        switch (statement)
        {
            case ExpressionStatement expression: EvalEffect(expression.Expression); break;
            case VariableDeclaration variable: EmitVariable(variable); return;
            case AssignmentStatement assignment: EmitAssignment(assignment); break;
            case CompoundAssignmentStatement compound: EmitCompound(compound); break;
            case BlockStatement block: EmitValueBlock(block, NoTarget, null); break;
            case WhileStatement loop: EmitWhile(loop); break;
            case ForStatement loop: EmitFor(loop); break;
            case BreakStatement leave: At(leave.Span); LeaveLoop(leave.Label, isBreak: true); break;
            case ContinueStatement next: At(next.Span); LeaveLoop(next.Label, isBreak: false); break;
            case ReturnStatement result: EmitReturn(result); break;
            case YieldStatement yield: EmitYield(yield); break;
            case ThrowStatement error: EmitThrow(error); break;
            case TryStatement guarded: EmitTry(guarded); break;
            case ProcDeclaration proc: EmitNestedProc(proc); return;
            case ImportModule import: EmitImport(import); break;
            case ImportNames import: EmitImportNames(import); break;
        }

        _top = mark;
    }

    /// <summary>A block; its value goes to <paramref name="target"/> when that is a register: its last statement's if an expression, else nil.</summary>
    private StaticType EmitValueBlock(BlockStatement block, int target, SlotType? wanted)
    {
        int mark = _top;
        OpenBlock(block);
        ImmutableArray<Statement> statements = block.Statements;
        bool hasValue = target != NoTarget && statements.Length > 0 && statements[^1] is ExpressionStatement;
        for (int i = 0; i < statements.Length - (hasValue ? 1 : 0); i++) EmitStatement(statements[i]);
        StaticType type = StaticType.Unknown;
        if (hasValue) type = EvalTo(((ExpressionStatement)statements[^1]).Expression, target, wanted);
        else if (target != NoTarget) type = EvalBlockNil(block, target);
        _top = mark;
        return type;
    }

    /// <summary>Nil for a block without value; nothing is known of one whose end is never reached.</summary>
    private StaticType EvalBlockNil(BlockStatement block, int target)
    {
        At(block.Span);
        EvalNil(target);
        return FlowAnalysis.Of(block.Statements) == Completion.Always ? StaticType.Nil : StaticType.Unknown;
    }

    /// <summary>Makes what has to exist from a block's start: shared variables that closures may meet early, and hoisted procs.</summary>
    private void OpenBlock(BlockStatement block)
    {
        if (!_module.BlockScopes.TryGetValue(block, out Scope? scope)) return;

        At(block.Span);
        foreach (Symbol symbol in scope.EarlySymbols)
        {
            symbol.Register = Reserve();
            _code.Emit(Opcode.NewUnsetUpvalue, symbol.Register);
        }

        if (!scope.HoistsProcs) return;
        foreach (Statement statement in block.Statements)
        {
            if (statement is ProcDeclaration proc) DefineNestedProc(_module.Symbols[proc], proc);
        }
    }

    private void EmitNestedProc(ProcDeclaration declaration)
    {
        Symbol symbol = _module.Symbols[declaration];
        if (symbol.IsModuleVariable || symbol.Scope is null || symbol.Scope.HoistsProcs) return;
        DefineNestedProc(symbol, declaration);
    }

    private void DefineNestedProc(Symbol symbol, ProcDeclaration declaration)
    {
        int mark = _top;
        int register = Reserve();
        if (!symbol.IsCapturedEarly)
        {
            symbol.Register = register;
            EvalClosure(declaration.Proc, register);
            return;
        }

        EvalClosure(declaration.Proc, register);
        _code.Emit(Opcode.StoreUpvalue, symbol.Register, register);
        _top = mark;
    }

    private void EmitReturn(ReturnStatement statement)
    {
        SlotType? type = ResultSlot;
        if (statement.Value is null)
        {
            At(statement.Span);
            EmitReturnNil(type, statement);
            return;
        }

        Operand value = type is null || statement.Value is NameExpression ? Eval(statement.Value) : EvalCopy(statement.Value, type);
        int register = Checked(value, type, statement.Value.Span);
        At(statement.Span);
        Leave(new Exit(null, false), register, _exits.Count - 1);
    }

    private void EmitReturnNil(SlotType? type, ReturnStatement statement)
    {
        if (type is not null) ReportMismatch(StaticType.Nil, type, statement.Span);
        if (!LeavesThroughSomething)
        {
            _code.Emit(Opcode.ReturnNil);
            return;
        }

        int register = Reserve();
        _code.Emit(Opcode.LoadNil, register);
        Leave(new Exit(null, false), register, _exits.Count - 1);
    }

    /// <summary>
    /// The type that a returned value is checked against. The annotation of a generator describes the iterator that its call gives, and so does
    /// <c>task</c> of an async proc.
    /// </summary>
    private SlotType? ResultSlot => _context.Kind switch
    {
        ProcKind.Generator => null,
        ProcKind.Async when _context.ResultType is { Kind: SlotKind.Task } => null,
        _ => _context.ResultType,
    };

    private void EmitYield(YieldStatement yield)
    {
        int register;
        if (yield.Value is not null)
        {
            register = Eval(yield.Value).Register;
        }
        else
        {
            register = Reserve();
            _code.Emit(Opcode.LoadNil, register);
        }

        At(yield.Span);
        _code.Emit(Opcode.Yield, register);
    }

    private void EmitThrow(ThrowStatement statement)
    {
        Operand error = Eval(statement.Value);
        At(statement.Span);
        _code.Emit(Opcode.Throw, error.Register);
    }

    private void EmitImport(ImportModule import)
    {
        int register = Reserve();
        At(import.Span);
        _code.EmitWide(Opcode.Import, register, _constants.IndexOf(import.Path.Text));
        Store(_module.Symbols[import], register);
    }

    private void EmitImportNames(ImportNames import)
    {
        int source = Reserve();
        int register = Reserve();
        At(import.Span);
        _code.EmitWide(Opcode.Import, source, _constants.IndexOf(import.Path.Text));
        foreach (ImportedName name in import.Names)
        {
            At(name.Span);
            _code.Emit(Opcode.ImportName, register, source, Fit(_constants.IndexOf(name.Name), "constants"));
            Store(_module.Symbols[name], register);
        }
    }
}
