using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Patterns that a switch table can stand for: int, float and str literals, and alternatives of these.</summary>
internal static class LiteralPatterns
{
    /// <summary>The literals of a pattern; empty if it contains anything else.</summary>
    public static ImmutableArray<Expression> Of(Pattern pattern)
    {
        pattern = Unnamed(pattern);
        if (LiteralOf(pattern) is { } single)
        {
            return [single];
        }

        if (pattern is not AlternativePattern alternatives)
        {
            return [];
        }

        ImmutableArray<Expression>.Builder literals = ImmutableArray.CreateBuilder<Expression>(alternatives.Alternatives.Length);
        foreach (Pattern alternative in alternatives.Alternatives)
        {
            if (LiteralOf(alternative) is not { } literal)
            {
                return [];
            }

            literals.Add(literal);
        }

        return literals.MoveToImmutable();
    }

    /// <summary>The pattern without the names that <c>as</c> gives it.</summary>
    public static Pattern Unnamed(Pattern pattern)
    {
        while (pattern is AsPattern named)
        {
            pattern = named.Pattern;
        }

        return pattern;
    }

    private static Expression? LiteralOf(Pattern pattern) =>
        pattern is LiteralPattern { Literal: IntLiteral or FloatLiteral or StringLiteral } literal ? literal.Literal : null;
}
