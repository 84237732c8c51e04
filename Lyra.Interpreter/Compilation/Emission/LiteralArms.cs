using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Consecutive arms that compare the same value, the subject or a part of it, with literals. They may have guards and be named by
/// <c>as</c>.
/// </summary>
/// <param name="Arms">The arms.</param>
/// <param name="Literals">The literals of each arm.</param>
internal readonly record struct LiteralArms(ImmutableArray<MatchArm> Arms, ImmutableArray<ImmutableArray<Expression>> Literals)
{
    /// <summary>The minimum number of literals for a table; fewer are compared one by one.</summary>
    private const int MinLiterals = 4;

    public int Count => Arms.Length;

    /// <summary>The arms from one on that have literals; none if there are too few literals for a table.</summary>
    /// <param name="arms">The arms to look at.</param>
    /// <param name="start">The index of the first one.</param>
    /// <param name="part">Gives the part of an arm's pattern that has the literals; null if it has no such part.</param>
    public static LiteralArms At(ImmutableArray<MatchArm> arms, int start, Func<Pattern, Pattern?> part)
    {
        ImmutableArray<ImmutableArray<Expression>>.Builder found = ImmutableArray.CreateBuilder<ImmutableArray<Expression>>();
        int count = 0;
        for (int i = start; i < arms.Length; i++)
        {
            ImmutableArray<Expression> literals = part(arms[i].Pattern) is { } pattern ? LiteralPatterns.Of(pattern) : [];
            if (literals.IsEmpty)
            {
                break;
            }

            found.Add(literals);
            count += literals.Length;
        }

        return count < MinLiterals ? new LiteralArms([], []) : new LiteralArms(arms.Slice(start, found.Count), found.ToImmutable());
    }
}
