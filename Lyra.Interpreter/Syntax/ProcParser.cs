using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses procs of every form, and their parameters.</summary>
internal sealed class ProcParser(Parser parser) : AreaParser(parser)
{
    /// <summary>The number of parameters so far of the open list of parameters.</summary>
    private int _parameterCount;

    /// <summary>
    /// True before a lambda: <c>x =></c> or <c>(…) =></c>, optionally after <c>async</c>. In a guard, <c>=></c> ends the guard instead.
    /// </summary>
    public bool IsLambdaAhead()
    {
        if ((Tokens.Surroundings & Surroundings.Guard) != 0)
        {
            return false;
        }

        int first = Tokens.Kind == TokenKind.Async ? Tokens.Position + 1 : Tokens.Position;
        int last = Tokens[first].Kind == TokenKind.OpenParen ? Tokens[first].Partner : first;
        bool hasParameters = Tokens[first].Kind == TokenKind.Identifier || (Tokens[first].Kind == TokenKind.OpenParen && last > 0);
        return hasParameters && Tokens[last + 1].Kind == TokenKind.FatArrow;
    }

    public LambdaExpression ParseLambda()
    {
        int start = Tokens.CurrentStart;
        bool isAsync = Tokens.Accept(TokenKind.Async);
        PlacementRules.ProcScope outer = Placement.EnterProc(isAsync ? ProcPlace.AsyncProc : ProcPlace.Proc);
        ImmutableArray<Parameter> parameters = Tokens.Kind == TokenKind.OpenParen ? ParseParameters() : [ParseLambdaParameter()];
        SourceSpan arrow = Tokens.CurrentSpan;
        Tokens.Advance();

        ProcTraits traits = ProcTraits.Lambda | (isAsync ? ProcTraits.Async : ProcTraits.None);
        BlockStatement body = ParseLambdaBody(ref traits);
        traits |= Placement.ExitProc(outer);
        SourceSpan span = Tokens.SpanFrom(start);
        return new LambdaExpression(span, new ProcNode(span, null, arrow, parameters, null, body, traits));
    }

    private Parameter ParseLambdaParameter()
    {
        string name = Errors.ExpectName(out SourceSpan span);
        return new Parameter(span, name, span, null, null, isRest: false);
    }

    private BlockStatement ParseLambdaBody(ref ProcTraits traits)
    {
        if (Tokens.Kind == TokenKind.OpenBrace)
        {
            return Parser.Blocks.ParseBlock();
        }

        traits |= ProcTraits.ExpressionBody;
        int start = Tokens.CurrentStart;
        if (!Nesting.TryEnter())
        {
            return new BlockStatement(Tokens.CurrentSpan, [], hasBraces: false);
        }

        Expression value = Parser.Expressions.ParseExpression();
        Nesting.Exit();
        SourceSpan span = Tokens.SpanFrom(start);
        return new BlockStatement(span, [new ReturnStatement(span, value)], hasBraces: false);
    }

    public Expression ParseProcExpression()
    {
        int start = Tokens.CurrentStart;
        bool isAsync = Tokens.Accept(TokenKind.Async);
        SourceSpan keyword = Tokens.CurrentSpan;
        if (!Errors.Expect(TokenKind.Proc))
        {
            return Errors.MissingExpression();
        }

        ProcNode proc = ParseProcRest(start, null, keyword, isAsync);
        return new LambdaExpression(proc.Span, proc);
    }

    /// <summary>Parses <c>[async] proc name(…)…</c>.</summary>
    /// <param name="isMember">Whether it is a member of a struct, whose name may be a keyword.</param>
    public ProcNode ParseNamedProc(bool isMember = false)
    {
        int start = Tokens.CurrentStart;
        bool isAsync = Tokens.Accept(TokenKind.Async);
        Errors.Expect(TokenKind.Proc);
        string name = isMember ? Errors.ExpectMember(out SourceSpan nameSpan) : Errors.ExpectName(out nameSpan);
        return ParseProcRest(start, name, nameSpan, isAsync);
    }

    /// <summary>Parses parameters, result type and body.</summary>
    private ProcNode ParseProcRest(int start, string? name, SourceSpan nameSpan, bool isAsync)
    {
        PlacementRules.ProcScope outer = Placement.EnterProc(isAsync ? ProcPlace.AsyncProc : ProcPlace.Proc);
        ImmutableArray<Parameter> parameters = [];
        if (Tokens.Kind == TokenKind.OpenParen)
        {
            parameters = ParseParameters();
        }
        else
        {
            Errors.ReportExpected(TokenTable.Text(TokenKind.OpenParen));
        }

        TypeNode? result = Tokens.Accept(TokenKind.Arrow) ? Parser.Types.ParseType() : null;
        BlockStatement body = Parser.Blocks.ParseBlock();
        ProcTraits traits = Placement.ExitProc(outer) | (isAsync ? ProcTraits.Async : ProcTraits.None);
        return new ProcNode(Tokens.SpanFrom(start), name, nameSpan, parameters, result, body, traits);
    }

    private ImmutableArray<Parameter> ParseParameters()
    {
        // A default may contain another list.
        int outer = _parameterCount;
        _parameterCount = 0;
        ImmutableArray<Parameter> parameters = ParseDelimited(TokenKind.CloseParen, this, static p => p.ParseParameter());
        _parameterCount = outer;
        bool hasDefaults = false;
        for (int i = 0; i < parameters.Length; i++)
        {
            CheckParameter(parameters[i], isLast: i == parameters.Length - 1, hasDefaults);
            hasDefaults |= parameters[i].DefaultValue is not null;
        }

        return parameters;
    }

    private void CheckParameter(Parameter parameter, bool isLast, bool hasDefaults)
    {
        if (parameter.IsRest && !isLast)
        {
            Errors.Report(SyntaxDiagnostics.MisplacedRest, parameter.Span);
        }
        else if (parameter is { IsRest: true, DefaultValue: { } value })
        {
            Errors.Report(SyntaxDiagnostics.RestDefault, value.Span);
        }
        else if (hasDefaults && parameter is { IsRest: false, DefaultValue: null })
        {
            Errors.Report(SyntaxDiagnostics.RequiredAfterDefault, parameter.NameSpan, parameter.Name);
        }
    }

    private Parameter ParseParameter()
    {
        int start = Tokens.CurrentStart;
        int position = ++_parameterCount;
        bool isRest = Tokens.Accept(TokenKind.Ellipsis);
        SourceSpan nameSpan = Tokens.CurrentSpan;
        bool isDestructuring = !isRest && Tokens.Kind is TokenKind.OpenParen or TokenKind.OpenBracket;
        Pattern? target = isDestructuring ? Parser.Patterns.ParseTarget() : null;
        string name = NameOf(ref target, ref nameSpan) ?? $"argument {position}";
        TypeNode? annotation = Tokens.Accept(TokenKind.Colon) ? Parser.Types.ParseType() : null;
        Expression? defaultValue = Tokens.Accept(TokenKind.Equal) ? Parser.Expressions.ParseExpression() : null;
        return new Parameter(Tokens.SpanFrom(start), name, nameSpan, annotation, defaultValue, isRest) { Target = target };
    }

    /// <summary>
    /// The name of a parameter; null if a pattern takes the argument apart. The parentheses of <c>(name)</c> only group: it is no such
    /// pattern.
    /// </summary>
    private string? NameOf(ref Pattern? target, ref SourceSpan nameSpan)
    {
        switch (target)
        {
            case null:
                return Errors.ExpectName(out nameSpan);
            case BindingPattern { Type: null } or WildcardPattern:
                string name = target is BindingPattern binding ? binding.Name : "_";
                nameSpan = target.Span;
                target = null;
                return name;
            default:
                return null;
        }
    }
}
