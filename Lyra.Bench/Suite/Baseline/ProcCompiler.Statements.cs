using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Library;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <content>Statements.</content>
internal sealed partial class ProcCompiler
{
    private readonly Stack<(string? Label, StackLabel Break, StackLabel Continue, int Depth)> _loops = new();

    private void EmitStatement(Statement statement)
    {
        At(statement);
        switch (statement)
        {
            case ExpressionStatement expression: EmitForEffect(expression.Expression); break;
            case VariableDeclaration variable: EmitVariable(variable); break;
            case AssignmentStatement assignment: EmitAssignment(assignment); break;
            case CompoundAssignmentStatement compound: EmitCompound(compound); break;
            case BlockStatement block: EmitBlock(block, wantsValue: false); break;
            case WhileStatement loop: EmitWhile(loop); break;
            case ForStatement loop: EmitFor(loop); break;
            case BreakStatement exit: EmitLoopExit(exit.Label, isBreak: true); break;
            case ContinueStatement exit: EmitLoopExit(exit.Label, isBreak: false); break;
            case ReturnStatement result: EmitReturn(result); break;
            case YieldStatement yield: EmitOptional(yield.Value, null); _code.Emit(StackOp.Yield); break;
            case ThrowStatement error: EmitExpression(error.Value); _code.Emit(StackOp.Throw); break;
            case TryStatement guarded: EmitTry(guarded); break;
            case ProcDeclaration proc: EmitNestedProc(proc); break;
            case StructDeclaration or TypeDeclaration: break;
            case ImportModule import: EmitImport(import); break;
            default: throw owner.Unsupported(statement is ImportNames ? "import of single names" : statement.GetType().Name, statement);
        }
    }

    /// <summary>Emits a block; with a value that of its last statement, or nil.</summary>
    private void EmitBlock(BlockStatement block, bool wantsValue, SlotType? type = null)
    {
        int mark = _nextLocal;
        OpenBlock(block);
        ImmutableArray<Statement> statements = block.Statements;
        Expression? last = wantsValue && statements.Length > 0 ? (statements[^1] as ExpressionStatement)?.Expression : null;
        foreach (Statement statement in last is null ? statements : statements.RemoveAt(statements.Length - 1))
        {
            EmitStatement(statement);
        }

        if (wantsValue)
        {
            EmitOptional(last, type);
        }

        _nextLocal = mark;
    }

    private void OpenBlock(BlockStatement block)
    {
        if (!owner.Module.BlockScopes.TryGetValue(block, out Scope? scope))
        {
            return;
        }

        foreach (Symbol symbol in scope.EarlySymbols)
        {
            _code.Emit(StackOp.NewUnsetCell, Declare(symbol));
        }

        foreach (ProcDeclaration proc in scope.HoistsProcs ? block.Statements.OfType<ProcDeclaration>() : [])
        {
            EmitClosureOf(proc);
        }
    }

    private void EmitNestedProc(ProcDeclaration declaration)
    {
        Symbol symbol = owner.Module.Symbols[declaration];
        if (!symbol.IsModuleVariable && !symbol.Scope!.HoistsProcs)
        {
            EmitClosureOf(declaration);
        }
    }

    private void EmitClosureOf(ProcDeclaration declaration)
    {
        EmitClosure(declaration.Proc);
        EmitDeclare(owner.Module.Symbols[declaration]);
    }

    private void EmitVariable(VariableDeclaration variable)
    {
        Symbol? symbol = owner.Module.SymbolOf(variable.Target);
        SlotType? type = symbol?.Type ?? owner.Module.TypeOf(variable.Annotation);
        if (symbol is { HasConstant: true, IsModuleVariable: false })
        {
            return;
        }

        if (variable.Initializer is null)
        {
            EmitDefault(type);
        }
        else
        {
            EmitExpression(variable.Initializer, type);
        }

        EmitBind(variable.Target, isConverted: true);
    }

    /// <summary>Pushes the first value of a variable without initializer.</summary>
    private void EmitDefault(SlotType? type)
    {
        bool isContainer = type is { IsNullable: false, Kind: SlotKind.List or SlotKind.Map or SlotKind.Set };
        if (isContainer)
        {
            _code.Emit(StackOp.NewTyped, TypeOf(type!));
            return;
        }

        EmitConstant(type is null ? Value.Nil : SlotCheck.Default(owner.Bind(type)));
    }

    /// <summary>Pops a value into the variables of a declaration or a loop.</summary>
    private void EmitBind(Pattern target, bool isConverted = false)
    {
        switch (target)
        {
            case BindingPattern { Name: not PatternNames.Ignored } binding:
                Symbol symbol = owner.Module.Symbols[binding];
                if (symbol.Type is not null && !isConverted)
                {
                    _code.Emit(StackOp.Convert, TypeOf(symbol.Type));
                }

                EmitDeclare(symbol);
                break;
            case ListPattern list:
                EmitUnpack(list.Items);
                break;
            case TuplePattern tuple:
                EmitUnpack(tuple.Items);
                break;
            default:
                _code.Emit(StackOp.Pop);
                break;
        }
    }

    private void EmitUnpack(ImmutableArray<Pattern> items)
    {
        _code.Emit(StackOp.Unpack, 0, items.Length);
        foreach (Pattern item in items)
        {
            EmitBind(item);
        }
    }

    private void EmitAssignment(AssignmentStatement assignment)
    {
        if (assignment.IsDestructuring)
        {
            EmitExpression(assignment.Values[0]);
            EmitUnpackTo(assignment.Targets);
        }
        else if (assignment.Targets is [Expression target])
        {
            EmitExpression(assignment.Values[0], owner.Module.SymbolOf(target)?.Type, converts: false);
            EmitAssign(target);
        }
        else
        {
            EmitParallelAssignment(assignment);
        }
    }

    private void EmitParallelAssignment(AssignmentStatement assignment)
    {
        int mark = _nextLocal;
        int[] values = new int[assignment.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            EmitExpression(assignment.Values[i]);
            values[i] = ReserveLocal();
            _code.Emit(StackOp.StoreLocal, values[i]);
        }

        for (int i = 0; i < values.Length; i++)
        {
            _code.Emit(StackOp.LoadLocal, values[i]);
            EmitAssign(assignment.Targets[i]);
        }

        _nextLocal = mark;
    }

    private void EmitUnpackTo(ImmutableArray<Expression> targets)
    {
        _code.Emit(StackOp.Unpack, 0, targets.Length);
        foreach (Expression target in targets)
        {
            EmitAssign(target);
        }
    }

    /// <summary>Pops a value into a target.</summary>
    private void EmitAssign(Expression target)
    {
        switch (target)
        {
            case NameExpression name when owner.Module.SymbolOf(name) is Symbol symbol:
                EmitConvert(symbol.Type);
                EmitStore(symbol);
                break;
            case MemberExpression member:
                EmitExpression(member.Target);
                _code.Emit(StackOp.SetField, _code.Name(member.Name));
                break;
            case IndexExpression index:
                EmitExpression(index.Target);
                EmitExpression(index.Index);
                _code.Emit(StackOp.SetIndex);
                break;
            case TupleLiteral tuple:
                EmitUnpackTo(tuple.Items);
                break;
            case ListLiteral list:
                EmitUnpackTo(list.Items);
                break;
            default:
                _code.Emit(StackOp.Pop);
                break;
        }
    }

    private void EmitCompound(CompoundAssignmentStatement compound)
    {
        int depth = _code.Depth;
        switch (compound.Target)
        {
            case NameExpression name:
                Symbol symbol = owner.Module.Symbols[name];
                EmitLoad(symbol, name);
                EmitUpdate(compound, depth, () =>
                {
                    EmitConvert(symbol.Type);
                    EmitStore(symbol);
                });
                break;
            case MemberExpression member:
                EmitExpression(member.Target);
                _code.Emit(StackOp.Duplicate);
                _code.Emit(StackOp.GetField, _code.Name(member.Name));
                EmitUpdate(compound, depth, () => _code.Emit(StackOp.UpdateField, _code.Name(member.Name)));
                break;
            case IndexExpression index:
                EmitExpression(index.Target);
                EmitExpression(index.Index);
                _code.Emit(StackOp.DuplicatePair);
                _code.Emit(StackOp.GetIndex);
                EmitUpdate(compound, depth, () => _code.Emit(StackOp.UpdateIndex));
                break;
        }
    }

    /// <summary>Combines the old value, which is on the stack, with the right side, and stores the result.</summary>
    /// <param name="compound">The statement.</param>
    /// <param name="depth">The depth of the stack before the statement.</param>
    /// <param name="store">Emits the instructions that pop the new value and what identifies the target.</param>
    private void EmitUpdate(CompoundAssignmentStatement compound, int depth, Action store)
    {
        if (compound.Operator is { } binary)
        {
            EmitExpression(compound.Value);
            EmitOperator(binary);
            store();
            return;
        }

        StackLabel keep = new();
        StackLabel end = new();
        _code.EmitJump(StackOp.JumpIfNotNilOrPop, keep);
        EmitExpression(compound.Value);
        store();
        _code.EmitJump(StackOp.Jump, end);
        _code.Bind(keep);
        _code.EmitExit(end, depth);
        _code.Bind(end);
    }

    private void EmitWhile(WhileStatement loop)
    {
        StackLabel start = new() { Depth = _code.Depth };
        StackLabel end = new();
        _code.Bind(start);
        EmitExpression(loop.Condition);
        _code.EmitJump(StackOp.JumpIfFalse, end);
        EmitLoopBody(loop.Label, loop.Body, end, start);
    }

    private void EmitFor(ForStatement loop)
    {
        int mark = _nextLocal;
        int state = ReserveLocal();
        EmitExpression(loop.Iterable);
        At(loop.Iterable);
        _code.Emit(StackOp.StartLoop, state);
        StackLabel next = new() { Depth = _code.Depth };
        StackLabel end = new();
        _code.Bind(next);
        _code.EmitJump(loop.Second is null ? StackOp.NextValue : StackOp.NextPair, end, state);
        EmitBind(loop.First);
        if (loop.Second is not null)
        {
            EmitBind(loop.Second);
        }

        EmitLoopBody(loop.Label, loop.Body, end, next);
        _nextLocal = mark;
    }

    private void EmitLoopBody(string? label, BlockStatement body, StackLabel end, StackLabel start)
    {
        _loops.Push((label, end, start, _code.Depth));
        EmitBlock(body, wantsValue: false);
        _loops.Pop();
        _code.EmitJump(StackOp.Jump, start);
        _code.Bind(end);
    }

    private void EmitLoopExit(string? label, bool isBreak)
    {
        (_, StackLabel end, StackLabel next, int depth) = _loops.First(loop => label is null || loop.Label == label);
        _code.EmitExit(isBreak ? end : next, depth);
    }

    private void EmitReturn(ReturnStatement statement)
    {
        EmitOptional(statement.Value, context.ResultType);
        _code.Emit(StackOp.Return);
    }

    private void EmitTry(TryStatement statement)
    {
        if (statement.Finally is not null)
        {
            throw owner.Unsupported("finally", statement.Finally);
        }

        int depth = _code.Depth;
        int start = _code.Count;
        StackLabel handler = new();
        StackLabel end = new();
        EmitBlock(statement.Body, wantsValue: false);
        _code.AddHandler(start, _code.Count, handler, depth);
        _code.EmitJump(StackOp.Jump, end);
        _code.BindHandler(handler, depth);
        int error = ReserveLocal();
        _code.Emit(StackOp.StoreLocal, error);
        foreach (CatchClause clause in statement.Catches)
        {
            EmitCatch(clause, error, end);
        }

        _code.Emit(StackOp.LoadLocal, error);
        _code.Emit(StackOp.Throw);
        _code.Bind(end);
    }

    private void EmitCatch(CatchClause clause, int error, StackLabel end)
    {
        int mark = _nextLocal;
        StackLabel next = new();
        if (clause.Kind is not null)
        {
            _code.Emit(StackOp.LoadLocal, error);
            _code.Emit(StackOp.GetField, _code.Name("kind"));
            EmitText(clause.Kind);
            _code.Emit(StackOp.Equal);
            _code.EmitJump(StackOp.JumpIfFalse, next);
        }

        if (owner.Module.SymbolOf(clause) is Symbol symbol)
        {
            _code.Emit(StackOp.LoadLocal, error);
            EmitDeclare(symbol);
        }

        EmitBlock(clause.Body, wantsValue: false);
        _code.EmitJump(StackOp.Jump, end);
        _code.Bind(next);
        _nextLocal = mark;
    }

    private void EmitImport(ImportModule import)
    {
        LibraryModule? module = LibraryTable.Prelude;
        bool isPrelude = import.Path.Text == module.Name;
        if (import.Path.IsQuoted || (!isPrelude && !LibraryTable.TryFindModule(import.Path.Text, out module)))
        {
            throw owner.Unsupported("import of files", import);
        }

        EmitConstant(Value.FromObject(module.Instantiate()));
        EmitDeclare(owner.Module.Symbols[import]);
    }
}
