using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Procs of every form, and their parameters.</summary>
internal sealed partial class Parser
{
    /// <summary><c>x =></c>, <c>(…) =></c>, either with <c>async</c> before it. In a guard, <c>=></c> ends the guard instead.</summary>
    private bool IsLambdaAhead()
    {
        if ((_surroundings & Surroundings.Guard) != 0) return false;

        int first = Kind == TokenKind.Async ? _position + 1 : _position;
        return _tokens[first].Kind switch
        {
            TokenKind.Identifier => _tokens[first + 1].Kind == TokenKind.FatArrow,
            TokenKind.OpenParen => _tokens[first].Partner > 0 && _tokens[_tokens[first].Partner + 1].Kind == TokenKind.FatArrow,
            _ => false,
        };
    }

    private LambdaExpression ParseLambda()
    {
        int start = CurrentStart;
        bool isAsync = Accept(TokenKind.Async);
        ProcScope outer = EnterProc(isAsync ? ProcPlace.AsyncProc : ProcPlace.Proc);
        ImmutableArray<Parameter> parameters = Kind == TokenKind.OpenParen ? ParseParameters() : [ParseLambdaParameter()];
        SourceSpan arrow = CurrentSpan;
        Advance();

        ProcTraits traits = ProcTraits.Lambda | (isAsync ? ProcTraits.Async : ProcTraits.None);
        BlockStatement body = ParseLambdaBody(ref traits);
        traits |= _proc.Traits;
        _proc = outer;
        SourceSpan span = SpanFrom(start);
        return new LambdaExpression(span, new ProcNode(span, null, arrow, parameters, null, body, traits));
    }

    private Parameter ParseLambdaParameter()
    {
        string name = ExpectName(out SourceSpan span);
        return new Parameter(span, name, span, null, null, isRest: false);
    }

    private BlockStatement ParseLambdaBody(ref ProcTraits traits)
    {
        if (Kind == TokenKind.OpenBrace) return ParseBlock();

        traits |= ProcTraits.ExpressionBody;
        int start = CurrentStart;
        if (!TryEnter()) return new BlockStatement(CurrentSpan, [], hasBraces: false);

        Expression value = ParseExpression();
        Leave();
        SourceSpan span = SpanFrom(start);
        return new BlockStatement(span, [new ReturnStatement(span, value)], hasBraces: false);
    }

    private Expression ParseProcExpression()
    {
        int start = CurrentStart;
        bool isAsync = Accept(TokenKind.Async);
        SourceSpan keyword = CurrentSpan;
        if (!Expect(TokenKind.Proc)) return MissingExpression();

        ProcNode proc = ParseProcRest(start, null, keyword, isAsync);
        return new LambdaExpression(proc.Span, proc);
    }

    /// <summary><c>[async] proc name(…)…</c>.</summary>
    private ProcNode ParseNamedProc()
    {
        int start = CurrentStart;
        bool isAsync = Accept(TokenKind.Async);
        Expect(TokenKind.Proc);
        string name = ExpectName(out SourceSpan nameSpan);
        return ParseProcRest(start, name, nameSpan, isAsync);
    }

    /// <summary>Parameters, result type and body.</summary>
    private ProcNode ParseProcRest(int start, string? name, SourceSpan nameSpan, bool isAsync)
    {
        ProcScope outer = EnterProc(isAsync ? ProcPlace.AsyncProc : ProcPlace.Proc);
        ImmutableArray<Parameter> parameters = [];
        if (Kind == TokenKind.OpenParen) parameters = ParseParameters();
        else ReportExpected(TokenFacts.Text(TokenKind.OpenParen));

        TypeNode? result = Accept(TokenKind.Arrow) ? ParseType() : null;
        BlockStatement body = ParseBlock();
        ProcTraits traits = _proc.Traits | (isAsync ? ProcTraits.Async : ProcTraits.None);
        _proc = outer;
        return new ProcNode(SpanFrom(start), name, nameSpan, parameters, result, body, traits);
    }

    private ImmutableArray<Parameter> ParseParameters()
    {
        ImmutableArray<Parameter> parameters = ParseDelimited(TokenKind.CloseParen, static p => p.ParseParameter());
        bool hasDefaults = false;
        for (int i = 0; i < parameters.Length; i++)
        {
            Parameter parameter = parameters[i];
            if (parameter.IsRest && i < parameters.Length - 1) ReportMildly(SyntaxDiagnostics.MisplacedRest, parameter.Span);
            else if (parameter is { IsRest: true, DefaultValue: { } value }) ReportMildly(SyntaxDiagnostics.RestDefault, value.Span);
            else if (hasDefaults && parameter is { IsRest: false, DefaultValue: null })
            {
                ReportMildly(SyntaxDiagnostics.RequiredAfterDefault, parameter.NameSpan, parameter.Name);
            }

            hasDefaults |= parameter.DefaultValue is not null;
        }

        return parameters;
    }

    private Parameter ParseParameter()
    {
        int start = CurrentStart;
        bool isRest = Accept(TokenKind.Ellipsis);
        string name = ExpectName(out SourceSpan nameSpan);
        TypeNode? annotation = Accept(TokenKind.Colon) ? ParseType() : null;
        Expression? defaultValue = Accept(TokenKind.Equal) ? ParseExpression() : null;
        return new Parameter(SpanFrom(start), name, nameSpan, annotation, defaultValue, isRest);
    }
}
