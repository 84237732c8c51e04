using System.Collections.Immutable;
using System.Diagnostics;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses operands: names, literals and brackets, and the calls, members and indexes that follow them.</summary>
internal sealed class OperandParser(Parser parser) : AreaParser(parser)
{
    /// <summary>The proc of module <c>json</c> that takes a type.</summary>
    private const string TypedProc = "parse";

    /// <summary>The name of the argument that is a type.</summary>
    private const string TypeArgument = "as";

    public Expression ParsePostfix()
    {
        int outerPeak = Nesting.Begin();
        Expression result = ParsePrimary();
        bool isOptional = false;
        while (TryParsePostfix(ref result, ref isOptional))
        {
        }

        Nesting.End(outerPeak);
        return isOptional ? new OptionalChain(result.Span, result) : result;
    }

    private bool TryParsePostfix(ref Expression target, ref bool isOptional)
    {
        PostfixStart next = TokenRoles.PostfixOf(Tokens.Kind);
        if (!IsAhead(next, target))
        {
            return false;
        }

        int leftPeak = Nesting.Begin();
        isOptional |= Tokens.Kind is TokenKind.QuestionDot or TokenKind.QuestionBracket;
        target = next switch
        {
            PostfixStart.Member => ParseMember(target),
            PostfixStart.Call => ParseCall(target),
            PostfixStart.Index => ParseIndex(target),
            PostfixStart.StructLiteral => ParseStructLiteral(target),
            PostfixStart.None => throw new UnreachableException(),
        };
        return Nesting.JoinLeft(leftPeak);
    }

    private bool IsAhead(PostfixStart next, Expression target) => next switch
    {
        PostfixStart.None => false,
        PostfixStart.Member => true,
        PostfixStart.Call or PostfixStart.Index => !Tokens.EndsLine,
        PostfixStart.StructLiteral => !Tokens.EndsLine && (Tokens.Surroundings & Surroundings.Head) == 0 && IsTypePath(target),
    };

    /// <summary>True for <c>Point</c> and <c>module.Point</c>.</summary>
    private static bool IsTypePath(Expression target) =>
        target is NameExpression or MemberExpression { Target: NameExpression, IsOptional: false };

    public MemberExpression ParseMember(Expression target)
    {
        bool isOptional = Tokens.Kind == TokenKind.QuestionDot;
        Tokens.Advance();
        string name = Errors.ExpectMember(out SourceSpan nameSpan);
        return new MemberExpression(Tokens.SpanFrom(target.Span.Start), target, name, nameSpan, isOptional);
    }

    private CallExpression ParseCall(Expression callee)
    {
        ImmutableArray<CallArgument> arguments = TakesType(callee)
            ? ParseDelimited(TokenKind.CloseParen, this, static p => p.ParseArgument(takesType: true))
            : ParseDelimited(TokenKind.CloseParen, this, static p => p.ParseArgument(takesType: false));
        if (arguments is [{ Kind: ArgumentKind.Positional, Value: ComprehensionLoop loop } only])
        {
            arguments = [new CallArgument(only.Span, only.Kind, null, default, ComprehensionParser.MakeIterator(loop.Span, loop))];
        }

        return new CallExpression(Tokens.SpanFrom(callee.Span.Start), callee, arguments);
    }

    /// <summary>Whether the argument <c>as</c> of a call is a type: in calls of <c>json.parse</c>, whatever the module is named.</summary>
    private static bool TakesType(Expression callee) =>
        callee is MemberExpression { Name: TypedProc, Target: NameExpression } or NameExpression { Name: TypedProc };

    private CallArgument ParseArgument(bool takesType)
    {
        int first = Tokens.Position;
        int start = Tokens.CurrentStart;
        ArgumentKind kind = ArgumentKind.Positional;
        string? name = null;
        SourceSpan nameSpan = default;
        if (Tokens.Accept(TokenKind.Ellipsis))
        {
            kind = ArgumentKind.Spread;
        }
        else if (Tokens.PeekKind(1) == TokenKind.Colon && Tokens.IsWord)
        {
            kind = ArgumentKind.Named;
            name = Errors.ExpectMember(out nameSpan);
            Tokens.Advance();
        }

        if (takesType && name == TypeArgument)
        {
            int type = Tokens.CurrentStart;
            TypeNode node = Parser.Types.ParseType();
            return new CallArgument(Tokens.SpanFrom(start), kind, name, nameSpan, new TypeExpression(Tokens.SpanFrom(type), node));
        }

        Expression value = Parser.Expressions.ParseExpression();
        if (Tokens.Kind == TokenKind.For && kind == ArgumentKind.Positional)
        {
            value = Parser.Comprehensions.ParseLoop(first, null, value);
        }

        return new CallArgument(Tokens.SpanFrom(start), kind, name, nameSpan, value);
    }

    private StructLiteral ParseStructLiteral(Expression type)
    {
        ImmutableArray<FieldInitializer> fields = ParseDelimited(TokenKind.CloseBrace, this, static p => p.ParseFieldInitializer());
        return new StructLiteral(Tokens.SpanFrom(type.Span.Start), type, fields);
    }

    private FieldInitializer ParseFieldInitializer()
    {
        int start = Tokens.CurrentStart;
        string name = Errors.ExpectMember(out SourceSpan nameSpan);
        bool isShort = Tokens.Kind is TokenKind.Comma or TokenKind.CloseBrace;
        if (isShort)
        {
            Errors.Report(SyntaxDiagnostics.ShorthandField, nameSpan, name);
        }
        else
        {
            Errors.Expect(TokenKind.Colon);
        }

        Expression value = isShort ? Errors.MissingExpression() : Parser.Expressions.ParseExpression();
        return new FieldInitializer(Tokens.SpanFrom(start), name, nameSpan, value);
    }

    private Expression ParseIndex(Expression target)
    {
        bool isOptional = Tokens.Kind == TokenKind.QuestionBracket;
        int opening = Tokens.Position;
        Surroundings outer = Tokens.Surroundings;
        Tokens.Advance();
        if (!Nesting.TryEnter())
        {
            return target;
        }

        Tokens.Surroundings = Surroundings.None;
        Expression? index = ParseIndexStart();
        bool isSlice = Tokens.Kind is TokenKind.DotDot or TokenKind.DotDotEqual;
        bool isInclusive = Tokens.Kind == TokenKind.DotDotEqual;
        Expression? end = null;
        if (isSlice)
        {
            Tokens.Advance();
            if (Tokens.Kind != TokenKind.CloseBracket)
            {
                end = Parser.Expressions.ParseBinary(Precedence.Range.Tighter());
            }
        }

        if (Tokens.Kind != TokenKind.CloseBracket)
        {
            Errors.ReportExpectedIn(opening, TokenTable.Text(TokenKind.CloseBracket));
        }

        Recovery.SkipToBracket(opening);
        Errors.ExpectClosing(TokenKind.CloseBracket, opening);
        Tokens.Surroundings = outer;
        Nesting.Exit();

        SourceSpan span = Tokens.SpanFrom(target.Span.Start);
        if (isSlice)
        {
            return new SliceExpression(span, target, index, end, isInclusive, isOptional);
        }

        return new IndexExpression(span, target, index ?? Errors.MissingExpression(), isOptional);
    }

    /// <summary>Parses an index, or the start of a slice; returns null for an open start.</summary>
    private Expression? ParseIndexStart()
    {
        if (Tokens.Kind is TokenKind.DotDot or TokenKind.DotDotEqual)
        {
            return null;
        }

        if (Tokens.Kind == TokenKind.Not || Parser.Procs.IsLambdaAhead())
        {
            return Parser.Expressions.ParseExpression();
        }

        Expression start = Parser.Expressions.ParseBinary(Precedence.Range.Tighter());
        return Tokens.Kind is TokenKind.DotDot or TokenKind.DotDotEqual ? start : Parser.Expressions.ParseOperators(start, Precedence.Or);
    }

    public Expression ParsePrimary()
    {
        Token token = Tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Identifier: return new NameExpression(token.Span, Tokens.TakeName());
            case TokenKind.Int or TokenKind.Float: return Parser.Literals.ParseNumber();
            case TokenKind.String: return Parser.Literals.ParseString();
            case TokenKind.TemplateHead: return Parser.Literals.ParseTemplate();
            case TokenKind.True or TokenKind.False:
                Tokens.Advance();
                return new BoolLiteral(token.Span, token.Kind == TokenKind.True);
            case TokenKind.Nil:
                Tokens.Advance();
                return new NilLiteral(token.Span);
            case TokenKind.OpenParen: return ParseParenthesized();
            case TokenKind.OpenBracket: return ParseList();
            case TokenKind.OpenBrace: return ParseMap();
            case TokenKind.If: return Parser.Blocks.ParseIf(isStatement: false);
            case TokenKind.Match: return Parser.Matches.ParseMatch(isStatement: false);
            case TokenKind.Proc or TokenKind.Async: return Parser.Procs.ParseProcExpression();
        }

        if (token.Kind == TokenKind.Not)
        {
            Errors.ReportAndPanic(SyntaxDiagnostics.LooseNot, token.Span);
        }
        else
        {
            Errors.ReportNoExpression();
        }

        return Errors.MissingExpression();
    }

    /// <summary>Parses <c>(x)</c>, <c>(x,)</c>, <c>(a, b)</c>, <c>()</c> and <c>(x for x in xs)</c>.</summary>
    private Expression ParseParenthesized()
    {
        int start = Tokens.CurrentStart;
        ImmutableArray<Expression> items = ParseDelimited(
            TokenKind.CloseParen, this, static p => p.ParseItem(), out bool endsInComma);
        SourceSpan span = Tokens.SpanFrom(start);
        return items is [ComprehensionLoop loop] ? ComprehensionParser.MakeIterator(span, loop)
            : items is [not SpreadExpression] && !endsInComma ? items[0]
            : new TupleLiteral(span, items);
    }

    private Expression ParseList()
    {
        int start = Tokens.CurrentStart;
        ImmutableArray<Expression> items = ParseDelimited(TokenKind.CloseBracket, this, static p => p.ParseItem());
        SourceSpan span = Tokens.SpanFrom(start);
        return items is [ComprehensionLoop loop] ? new Comprehension(span, loop, isMap: false) : new ListLiteral(span, items);
    }

    /// <summary>Parses an item of a list or tuple, or the inside of a comprehension.</summary>
    private Expression ParseItem()
    {
        int first = Tokens.Position;
        int start = Tokens.CurrentStart;
        if (Tokens.Accept(TokenKind.Ellipsis))
        {
            Expression value = Parser.Expressions.ParseExpression();
            return new SpreadExpression(Tokens.SpanFrom(start), value);
        }

        Expression item = Parser.Expressions.ParseExpression();
        return Tokens.Kind == TokenKind.For ? Parser.Comprehensions.ParseLoop(first, null, item) : item;
    }

    private Expression ParseMap()
    {
        int start = Tokens.CurrentStart;
        ImmutableArray<MapEntry> entries = ParseDelimited(TokenKind.CloseBrace, this, static p => p.ParseMapEntry());
        SourceSpan span = Tokens.SpanFrom(start);
        return entries is [{ Value: ComprehensionLoop loop }] ? new Comprehension(span, loop, isMap: true) : new MapLiteral(span, entries);
    }

    private MapEntry ParseMapEntry()
    {
        int first = Tokens.Position;
        int start = Tokens.CurrentStart;
        if (Tokens.Accept(TokenKind.Ellipsis))
        {
            Expression spread = Parser.Expressions.ParseExpression();
            return new MapEntry(Tokens.SpanFrom(start), null, spread);
        }

        Expression key = Parser.Expressions.ParseExpression();
        Errors.Expect(TokenKind.Colon);
        Expression value = Errors.IsPanicking ? Errors.MissingExpression() : Parser.Expressions.ParseExpression();
        if (Tokens.Kind == TokenKind.For)
        {
            value = Parser.Comprehensions.ParseLoop(first, key, value);
        }

        return new MapEntry(Tokens.SpanFrom(start), key, value);
    }
}
