using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Statements and declarations.</summary>
internal sealed partial class ScopeResolver
{
    private void ResolveStatement(Statement statement)
    {
        _options.Meter.Count(CompilationCosts.Node);
        switch (statement)
        {
            case ExpressionStatement expression: Resolve(expression.Expression); break;
            case VariableDeclaration variable: ResolveVariable(variable); break;
            case AssignmentStatement assignment: ResolveAssignment(assignment); break;
            case CompoundAssignmentStatement compound: ResolveTarget(compound.Target); Resolve(compound.Value); break;
            case BlockStatement block: ResolveBlock(block); break;
            case WhileStatement loop: ResolveCondition(loop.Condition); ResolveBlock(loop.Body); break;
            case ForStatement loop: ResolveFor(loop); break;
            case ReturnStatement result: ResolveResult(result.Value, isYield: false); break;
            case YieldStatement item: ResolveResult(item.Value, isYield: true); break;
            case ThrowStatement error: Resolve(error.Value); break;
            case TryStatement guarded: ResolveTry(guarded); break;
            case ProcDeclaration proc: ResolveProcDeclaration(proc); break;
            case StructDeclaration type: ResolveStruct(_module.Symbols[type].Struct!); break;
            case EnumDeclaration cases: ResolveEnum(_module.Symbols[cases].Enum!); break;
            case TypeDeclaration alias: _types.Expand(_module.Symbols[alias]); break;
            case CollectStatement collect: ResolveCollected(collect); break;
            case ImportModule import: ResolveImport(import); break;
            case ImportNames import: ResolveImport(import); break;
        }
    }

    private void ResolveCollected(CollectStatement collect)
    {
        if (collect.Key is not null)
        {
            Resolve(collect.Key);
        }

        Resolve(collect.Value);
    }

    private void ResolveVariable(VariableDeclaration variable)
    {
        int reported = _diagnostics.Count;
        if (variable.Initializer is not null)
        {
            Resolve(variable.Initializer);
        }

        bool isSound = _diagnostics.Count == reported;
        SlotType? type = variable.Annotation is null ? null : _types.Resolve(variable.Annotation, SlotNameOf(variable));
        DeclareTarget(variable.Target, SymbolTable.KindOf(variable));
        if (variable.Target is not BindingPattern binding)
        {
            _tupleLoops?.NoteTuple(variable.Initializer);
            return;
        }

        Symbol? symbol = _module.SymbolOf(binding);
        if (symbol is not null)
        {
            symbol.Type ??= type;
            symbol.Initializer = variable.Initializer;
        }

        bool isConst = variable.Kind == VariableKind.Const && isSound;
        if (isConst && variable.Initializer is not null && symbol is not null)
        {
            EvaluateConst(symbol, variable.Initializer);
        }
    }

    private static string SlotNameOf(VariableDeclaration variable) =>
        variable.Target is BindingPattern { Name: string name } ? "variable " + name : "the declaration";

    private void EvaluateConst(Symbol symbol, Expression initializer)
    {
        ConstantEvaluator evaluator = new(_module);
        if (evaluator.TryEvaluate(initializer, out Lyra.Runtime.Values.Value value))
        {
            symbol.Constant = ConstantEvaluator.Convert(value, symbol.Type);
            return;
        }

        if (evaluator.Failure is not null)
        {
            _diagnostics.Report(CompilerDiagnostics.ConstantFails, initializer.Span, symbol.Name, evaluator.Failure);
        }
        else if (!evaluator.IsConstantTuple(initializer))
        {
            _diagnostics.Report(CompilerDiagnostics.NotConstant, initializer.Span, symbol.Name);
        }
    }

    /// <summary>Declares the names of a declaration whose initializer has already been resolved.</summary>
    private void DeclareTarget(Pattern target, SymbolKind kind)
    {
        switch (target)
        {
            case BindingPattern binding:
                DeclareBinding(binding, kind);
                break;
            case RestPattern { Binding: { } rest }:
                DeclareBinding(rest, kind);
                break;
            case ListPattern list:
                foreach (Pattern item in list.Items)
                {
                    DeclareTarget(item, kind);
                }

                break;
            case TuplePattern tuple:
                foreach (Pattern item in tuple.Items)
                {
                    DeclareTarget(item, kind);
                }

                break;
        }
    }

    private void DeclareBinding(BindingPattern binding, SymbolKind kind)
    {
        SlotType? type = binding.Type is null ? null : _types.Resolve(binding.Type, "variable " + binding.Name);
        if (binding.Name == PatternNames.Ignored)
        {
            return;
        }

        if (!_module.Symbols.TryGetValue(binding, out Symbol? symbol))
        {
            symbol = _symbols.DeclareLocal(binding, binding.Name, binding.Span, kind);
        }

        symbol.IsReached = true;
        symbol.Type = type;
    }

    private void ResolveAssignment(AssignmentStatement assignment)
    {
        foreach (Expression value in assignment.Values)
        {
            Resolve(value);
        }

        foreach (Expression target in assignment.Targets)
        {
            ResolveTarget(target);
        }

        bool isDestructuring = assignment.IsDestructuring || assignment.Targets[0] is TupleLiteral or ListLiteral;
        if (isDestructuring)
        {
            _tupleLoops?.NoteTuple(assignment.Values[0]);
        }
    }

    private void ResolveTarget(Expression target)
    {
        switch (target)
        {
            case NameExpression name:
                if (name.Name != PatternNames.Ignored || _symbols.Lookup(name.Name) is not null)
                {
                    _symbols.ResolveAssignedName(name);
                }

                break;
            case SpreadExpression rest:
                ResolveTarget(rest.Value);
                break;
            case TupleLiteral tuple:
                foreach (Expression item in tuple.Items)
                {
                    ResolveTarget(item);
                }

                break;
            case ListLiteral list:
                foreach (Expression item in list.Items)
                {
                    ResolveTarget(item);
                }

                break;
            case MemberExpression member:
                Resolve(member);
                EnumRules.CheckAssigned(member, Annotations.EnumOfSelf(member.Target), _diagnostics);
                break;
            default:
                Resolve(target);
                break;
        }
    }

    private void ResolveFor(ForStatement loop)
    {
        Resolve(loop.Iterable);
        _tupleLoops?.NoteLoop(loop);
        _symbols.Scope = new Scope(_symbols.Scope, _symbols.Context);
        DeclareTarget(loop.First, SymbolKind.Binding);
        if (loop.Second is not null)
        {
            DeclareTarget(loop.Second, SymbolKind.Binding);
        }

        bool isRange = loop.Second is null && loop.Iterable is RangeExpression && loop.First is BindingPattern { Type: null };
        if (isRange && _module.Symbols.TryGetValue(loop.First, out Symbol? index))
        {
            index.IsInferredInt = true;
        }

        ResolveBlock(loop.Body);
        _symbols.Scope = _symbols.Scope.Parent!;
    }

    private void ResolveResult(Expression? value, bool isYield)
    {
        if (value is not null)
        {
            Resolve(value);
        }

        _tupleLoops?.NoteResult(_symbols.Context, value, isYield);
    }

    private void ResolveTry(TryStatement statement)
    {
        int caught = statement.Catches.IsEmpty ? 0 : 1;
        if (_libraryUse is not null)
        {
            _libraryUse.CatchDepth += caught;
        }

        ResolveBlock(statement.Body);
        if (_libraryUse is not null)
        {
            _libraryUse.CatchDepth -= caught;
        }

        foreach (CatchClause clause in statement.Catches)
        {
            _symbols.Scope = new Scope(_symbols.Scope, _symbols.Context);
            if (clause.Name is string name and not PatternNames.Ignored)
            {
                _symbols.DeclareLocal(clause, name, clause.NameSpan, SymbolKind.Binding);
            }

            ResolveBlock(clause.Body);
            _symbols.Scope = _symbols.Scope.Parent!;
        }

        if (statement.Finally is not null)
        {
            ResolveBlock(statement.Finally);
        }
    }

    /// <summary>Resolves an import. An import that the parser reported as misplaced declares its names nevertheless.</summary>
    private void ResolveImport(Statement import)
    {
        if (import is ImportModule module)
        {
            ReachImport(module, module.Name, module.NameSpan);
        }

        if (import is not ImportNames names)
        {
            return;
        }

        foreach (ImportedName name in names.Names)
        {
            ReachImport(name, name.Alias, name.Span);
        }
    }

    private void ReachImport(Node node, string name, SourceSpan span)
    {
        if (_module.SymbolOf(node) is Symbol symbol)
        {
            symbol.IsReached = true;
        }
        else
        {
            _symbols.DeclareLocal(node, name, span, SymbolKind.Import);
        }
    }
}
