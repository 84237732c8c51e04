using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses the loops and conditions of comprehensions, and makes the statements that they stand for.</summary>
internal sealed class ComprehensionParser(Parser parser) : AreaParser(parser)
{
    /// <summary>The parameter for the first source of a lazy comprehension. No name of a script equals it.</summary>
    private const string Source = "the source";

    /// <summary>Parses <c>for … in … if …</c> after the element. The brackets around it decide what it makes.</summary>
    /// <param name="first">The position of the element's first token.</param>
    /// <param name="key">The key of an entry; null for an element.</param>
    /// <param name="value">The element, or the value of an entry.</param>
    public ComprehensionLoop ParseLoop(int first, Expression? key, Expression value)
    {
        int start = Tokens[first].Start;
        Statement collect = new CollectStatement(Tokens.SpanFrom(start), key, value);
        NodeList<Node> clauses = Parser.NewList<Node>();
        do
        {
            clauses.Add(Tokens.Kind == TokenKind.For ? ParseFor() : ParseCondition());
        }
        while (!Errors.IsPanicking && Tokens.Kind is TokenKind.For or TokenKind.If);

        // Each clause becomes a statement and its block around the next one.
        bool fits = Nesting.Enclose(2 * clauses.Count, Tokens[first].Span);
        ImmutableArray<Node> parsed = clauses.Close();
        parsed = fits ? parsed : parsed[..1];
        Statement body = collect;
        for (int i = parsed.Length - 1; i >= 0; i--)
        {
            BlockStatement block = new(body.Span, [body], hasBraces: false);
            body = parsed[i] is ForStatement loop
                ? new ForStatement(loop.Span, null, loop.First, loop.Second, loop.Iterable, block)
                : ToStatement(new IfExpression(parsed[i].Span, [new IfClause(parsed[i].Span, (Expression)parsed[i], block)], null));
        }

        SourceSpan span = Tokens.SpanFrom(start);
        Placement.CheckComprehension(span);
        if (!Errors.IsPanicking && !IsAlone(first))
        {
            Errors.Report(SyntaxDiagnostics.LoneComprehension, span);
        }

        return new ComprehensionLoop(span, (ForStatement)body);
    }

    /// <summary>
    /// Makes the iterator <c>(x for x in xs)</c>: a call of a generator, which gets the first source as its argument.
    /// </summary>
    public static LazyComprehension MakeIterator(SourceSpan span, ComprehensionLoop loop)
    {
        ForStatement first = loop.First;
        SourceSpan source = first.Iterable.Span;
        BlockStatement yields = new(span, [WithYield(first.Body.Statements[0])], hasBraces: false);
        ForStatement lazy = new(first.Span, null, first.First, first.Second, new NameExpression(source, Source), yields);
        BlockStatement body = new(span, [lazy], hasBraces: false);
        ImmutableArray<Parameter> parameters = [new Parameter(source, Source, source, null, null, isRest: false)];
        ProcNode generator = new(span, null, span, parameters, null, body, ProcTraits.ContainsYield | ProcTraits.Lambda);
        CallArgument argument = new(source, ArgumentKind.Positional, null, default, first.Iterable);
        return new LazyComprehension(span, loop, new CallExpression(span, new LambdaExpression(span, generator), [argument]));
    }

    /// <summary>Whether the comprehension that ends here is the only item in its brackets.</summary>
    private bool IsAlone(int first) => Tokens[first - 1].Kind != TokenKind.Comma && (Tokens.Kind != TokenKind.Comma
        || Tokens.PeekKind(1) is TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace);

    /// <summary>The clauses, with a <c>yield</c> of the element as the innermost statement.</summary>
    private static Statement WithYield(Statement clause)
    {
        switch (clause)
        {
            case CollectStatement collect:
                return new YieldStatement(collect.Span, collect.Value);
            case ForStatement loop:
                BlockStatement body = new(loop.Body.Span, [WithYield(loop.Body.Statements[0])], hasBraces: false);
                return new ForStatement(loop.Span, null, loop.First, loop.Second, loop.Iterable, body);
            default:
                IfClause condition = ((IfExpression)((ExpressionStatement)clause).Expression).Clauses[0];
                BlockStatement then = new(condition.Span, [WithYield(condition.Body.Statements[0])], hasBraces: false);
                return ToStatement(new IfExpression(clause.Span, [new IfClause(condition.Span, condition.Condition, then)], null));
        }
    }

    private ForStatement ParseFor()
    {
        int start = Tokens.CurrentStart;
        Tokens.Advance();
        Pattern first = Parser.Patterns.ParseTarget();
        Pattern? second = Tokens.Accept(TokenKind.Comma) ? Parser.Patterns.ParseTarget() : null;
        Expression iterable = Errors.Expect(TokenKind.In) ? Parser.Expressions.ParseExpression() : Errors.MissingExpression();
        SourceSpan span = Tokens.SpanFrom(start);
        return new ForStatement(span, null, first, second, iterable, new BlockStatement(span, [], hasBraces: false));
    }

    private Expression ParseCondition()
    {
        Tokens.Advance();
        return Parser.Expressions.ParseExpression();
    }
}
