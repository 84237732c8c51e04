using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses one area of the grammar. The areas call each other through <see cref="Parser"/>.</summary>
internal abstract class AreaParser(Parser parser)
{
    protected Parser Parser { get; } = parser;

    protected TokenCursor Tokens => Parser.Tokens;

    protected SyntaxErrors Errors => Parser.Errors;

    protected ErrorRecovery Recovery => Parser.Recovery;

    protected NestingDepth Nesting => Parser.Nesting;

    protected PlacementRules Placement => Parser.Placement;

    protected static ExpressionStatement ToStatement(Expression expression) => new(expression.Span, expression);

    /// <summary>
    /// Parses items separated by commas, from the opening bracket at the current position to the closing one. A trailing comma is allowed.
    /// A broken item is skipped, so that the rest of the list and of the statement is still parsed.
    /// </summary>
    /// <param name="closing">The closing bracket.</param>
    /// <param name="parser">The parser of the items.</param>
    /// <param name="parseItem">Parses one item.</param>
    /// <param name="endsInComma">True when a comma follows the last item.</param>
    protected ImmutableArray<T> ParseDelimited<TParser, T>(
        TokenKind closing, TParser parser, Func<TParser, T> parseItem, out bool endsInComma)
    {
        int opening = Tokens.Position;
        bool wasPanicking = Errors.IsPanicking;
        Surroundings outer = Tokens.Surroundings;
        endsInComma = false;
        Tokens.Advance();
        if (!Nesting.TryEnter())
        {
            return [];
        }

        Tokens.Surroundings = Surroundings.None;
        NodeList<T> items = Parser.NewList<T>();
        while (Tokens.Kind != closing && Tokens.Kind != TokenKind.EndOfFile && !Recovery.IsUnclosedAt(opening))
        {
            items.Add(parseItem(parser));
            if (Tokens.Kind != closing && Tokens.Kind != TokenKind.Comma)
            {
                Errors.ReportExpectedIn(opening, $"`,` or {TokenTable.Text(closing)}");
            }

            if (Errors.IsPanicking && !wasPanicking)
            {
                Recovery.SkipToListItem(Tokens[opening].Partner);
            }

            endsInComma = Tokens.Accept(TokenKind.Comma);
            if (!endsInComma)
            {
                break;
            }
        }

        Errors.ExpectClosing(closing, opening);
        Tokens.Surroundings = outer;
        Nesting.Exit();
        return items.Close();
    }

    protected ImmutableArray<T> ParseDelimited<TParser, T>(TokenKind closing, TParser parser, Func<TParser, T> parseItem) =>
        ParseDelimited(closing, parser, parseItem, out _);

    /// <summary>
    /// Reads the opening brace of a block, of the arms of a match or of a struct. If there is none, reports that and returns false.
    /// </summary>
    protected bool TryOpenBraces(out OpenBraces braces)
    {
        braces = new OpenBraces(Tokens.Position, Tokens.Surroundings);
        if (!Errors.Expect(TokenKind.OpenBrace) || !Nesting.TryEnter())
        {
            return false;
        }

        Tokens.Surroundings = Surroundings.Lines;
        Placement.EnterBlock();
        return true;
    }

    protected void CloseBraces(OpenBraces braces)
    {
        Errors.ExpectClosing(TokenKind.CloseBrace, braces.Position);
        Placement.ExitBlock();
        Tokens.Surroundings = braces.Outer;
        Nesting.Exit();
    }

    /// <summary>Open braces: their position, and the surroundings to restore when they close.</summary>
    protected readonly record struct OpenBraces(int Position, Surroundings Outer);
}
