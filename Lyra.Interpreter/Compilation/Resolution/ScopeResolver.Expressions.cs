using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Expressions.</summary>
internal sealed partial class ScopeResolver
{
    private void Resolve(Expression expression)
    {
        int before = _blockCount;
        _options.Meter.Count(CompilationCosts.Node);
        ResolveParts(expression);
        if (_blockCount != before)
        {
            _module.WithStatements.Add(expression);
        }
    }

    private void ResolveParts(Expression expression)
    {
        switch (expression)
        {
            case NameExpression name: _symbols.ResolveName(name); break;
            case TypeExpression type: _types.Expand(_symbols.DeclareType(type)); break;
            case BinaryExpression binary: ResolveBinary(binary); break;
            case UnaryExpression unary: ResolveUnary(unary); break;
            case CallExpression call: ResolveCall(call); break;
            case MemberExpression member: ResolveMember(member); break;
            case IndexExpression index: ResolveIndex(index); break;
            case LambdaExpression lambda: ResolveProc(lambda.Proc); break;
            case IfExpression branch: ResolveIf(branch); break;
            case MatchExpression match: ResolveMatch(match); break;
            case OptionalChain chain: Resolve(chain.Chain); break;
            case RangeExpression range: Resolve(range.Start); Resolve(range.End); break;
            case SpawnExpression spawn: Resolve(spawn.Call); break;
            case AwaitExpression await: Resolve(await.Operand); break;
            default: ResolveLists(expression); break;
        }
    }

    private void ResolveLists(Expression expression)
    {
        switch (expression)
        {
            case ListLiteral list: ResolveAll(list.Items); break;
            case TupleLiteral tuple: ResolveAll(tuple.Items); break;
            case InterpolatedString text: ResolveAll(text.Parts); break;
            case FormattedExpression formatted: Resolve(formatted.Value); break;
            case SpreadExpression spread: Resolve(spread.Value); break;
            case LazyComprehension lazy: Resolve(lazy.Call); break;
            case Comprehension comprehension: ResolveFor(comprehension.Loop.First); break;
            case LogicalExpression logical: ResolveAll(logical.Operands); _uncalled.NoteOperands(logical); break;
            case MapLiteral map: ResolveMap(map); break;
            case StructLiteral literal: ResolveStructLiteral(literal); break;
            case SliceExpression slice: ResolveSlice(slice); break;
            case BinaryChainExpression chain: ResolveChain(chain); break;
        }
    }

    private void ResolveAll(ImmutableArray<Expression> expressions)
    {
        foreach (Expression expression in expressions)
        {
            Resolve(expression);
        }
    }

    /// <summary>
    /// The built-in type that <c>x is int</c> tests; null where a variable of the program has the name, and for other operators.
    /// </summary>
    private SlotType? TestedType(BinaryExpression binary)
    {
        if (binary is { Operator: BinaryOperator.Is or BinaryOperator.IsNot, Right: MemberExpression { Target: NameExpression of } member }
            && _types.LibraryTypeOf(of.Name, member.Name) is { } ofModule)
        {
            return ofModule;
        }

        bool isTest = binary is { Operator: BinaryOperator.Is or BinaryOperator.IsNot, Right: NameExpression };
        if (isTest && _types.LibraryTypeOf(((NameExpression)binary.Right).Name) is { } type)
        {
            return type;
        }

        if (!isTest || SlotInfo.OfName(((NameExpression)binary.Right).Name) is not { } kind || kind == SlotKind.Any)
        {
            return null;
        }

        string name = ((NameExpression)binary.Right).Name;
        bool isVariable = _symbols.Lookup(name) is not null || _options.Input?.Find(name) is not null
            || _options.KnownExternals?.Invoke(name) is true;
        return isVariable ? null : new SlotType(kind, false, []);
    }

    private void ResolveBinary(BinaryExpression binary)
    {
        Resolve(binary.Left);
        if (TestedType(binary) is { } type)
        {
            _module.Types[binary] = type;
            return;
        }

        Resolve(binary.Right);
        if (binary.Operator is BinaryOperator.In or BinaryOperator.NotIn)
        {
            _tupleLoops?.NoteTuple(binary.Right);
        }

        if (binary.Operator is not (BinaryOperator.Equal or BinaryOperator.NotEqual))
        {
            return;
        }

        _uncalled.Note(binary.Left);
        _uncalled.Note(binary.Right);
    }

    private void ResolveUnary(UnaryExpression unary)
    {
        Resolve(unary.Operand);
        if (unary.Operator == UnaryOperator.Not)
        {
            _uncalled.NoteCondition(unary.Operand);
        }
    }

    private void ResolveCondition(Expression condition)
    {
        Resolve(condition);
        _uncalled.NoteCondition(condition);
    }

    private void ResolveCall(CallExpression call)
    {
        Resolve(call.Callee);
        foreach (CallArgument argument in call.Arguments)
        {
            Resolve(argument.Value);
            if (argument.Kind == ArgumentKind.Spread)
            {
                _tupleLoops?.NoteTuple(argument.Value);
            }
        }

        EnumRules.CheckCall(call, _module, _diagnostics);
        bool isAssertion = _module.SymbolOf(call.Callee) is { Kind: SymbolKind.Builtin, Name: "assert" };
        _libraryUse?.CheckCall(call);
        if (isAssertion && call.Arguments is [{ Kind: ArgumentKind.Positional } condition, ..])
        {
            _uncalled.NoteCondition(condition.Value);
        }
    }

    private void ResolveMember(MemberExpression member)
    {
        if (member.Target is NameExpression name)
        {
            _options.Meter.Count(CompilationCosts.Node);
            _symbols.ResolveName(name, member.Name);
        }
        else
        {
            Resolve(member.Target);
        }

        _tupleLoops?.NoteTuple(member.Target);
        if ((_symbols.LookupLibraryMember(member) ?? _symbols.LookupCase(member)) is Symbol symbol)
        {
            _module.Symbols[member] = symbol;
        }
        else
        {
            EnumRules.CheckMember(member, _symbols.EnumOf(member.Target), _diagnostics);
            _libraryUse?.CheckMember(member);
        }
    }

    private void ResolveIndex(IndexExpression index)
    {
        Resolve(index.Target);
        Resolve(index.Index);
        _tupleLoops?.NoteTuple(index.Target);
    }

    private void ResolveIf(IfExpression branch)
    {
        foreach (IfClause clause in branch.Clauses)
        {
            ResolveCondition(clause.Condition);
            ResolveBlock(clause.Body);
        }

        if (branch.Else is not null)
        {
            ResolveBlock(branch.Else);
        }
    }

    private void ResolveMatch(MatchExpression match)
    {
        Resolve(match.Subject);
        _uncalled.Note(match.Subject);
        _tupleLoops?.NoteTuple(match.Subject);
        ResolveArms(match);
    }

    private void ResolveArms(MatchExpression match)
    {
        CaseNames names = Annotations.CasesOf(match.Subject, out bool mayBeNil);
        CaseCoverage coverage = new(_module);
        MatchArm[]? changed = null;
        for (int i = 0; i < match.Arms.Length; i++)
        {
            MatchArm arm = match.Arms[i];
            _blockCount++;
            _options.Meter.Count(CompilationCosts.Scope);
            _symbols.Scope = new Scope(_symbols.Scope, _symbols.Context);
            Pattern pattern = _patterns.Resolve(arm.Pattern, [], names);
            names = names.IsEmpty ? _patterns.NamesIn(pattern) : names;
            coverage.Add(pattern, arm.Guard is not null);
            if (arm.Guard is not null)
            {
                ResolveCondition(arm.Guard);
            }

            ResolveStatement(arm.Body);
            _symbols.Scope = _symbols.Scope.Parent!;
            MatchArm resolved = pattern == arm.Pattern ? arm : new MatchArm(arm.Span, pattern, arm.Guard, arm.Body);
            PatternResolver.Replace(ref changed, match.Arms, i, resolved);
        }

        if (changed is not null)
        {
            _module.Arms.Add(match, PatternResolver.Changed(changed, match.Arms));
        }

        if (coverage.FindMissing(mayBeNil) is { } missing)
        {
            _diagnostics.Report(CompilerDiagnostics.MissingCases, match.Subject.Span, missing);
        }
    }

    private void ResolveMap(MapLiteral map)
    {
        foreach (MapEntry entry in map.Entries)
        {
            if (entry.Key is { } key)
            {
                _symbols.IsKey = key is NameExpression;
                Resolve(key);
                _symbols.IsKey = false;
            }

            Resolve(entry.Value);
        }
    }

    private void ResolveStructLiteral(StructLiteral literal)
    {
        Resolve(literal.Type);
        EnumRules.CheckLiteral(literal, _module, _diagnostics);
        foreach (FieldInitializer field in literal.Fields)
        {
            Resolve(field.Value);
        }
    }

    private void ResolveSlice(SliceExpression slice)
    {
        Resolve(slice.Target);
        _tupleLoops?.NoteTuple(slice.Target);
        if (slice.Start is not null)
        {
            Resolve(slice.Start);
        }

        if (slice.End is not null)
        {
            Resolve(slice.End);
        }
    }

    private void ResolveChain(BinaryChainExpression chain)
    {
        Resolve(chain.First);
        foreach (BinaryLink link in chain.Links)
        {
            Resolve(link.Operand);
        }
    }
}
