using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Consecutive arms whose patterns are int, float and str literals or alternatives of these. They may have guards and be named by
/// <c>as</c>.
/// </summary>
internal readonly record struct SwitchRun(ImmutableArray<MatchArm> Arms, int Start, int Length)
{
    /// <summary>The minimum number of literals for a table; fewer are compared one by one.</summary>
    private const int MinLiterals = 4;

    public MatchArm this[int index] => Arms[Start + index];

    /// <summary>The number of arms of the run that starts at an arm; 0 if there is no run that deserves a table.</summary>
    public static int LengthAt(ImmutableArray<MatchArm> arms, int start)
    {
        int literals = 0;
        int length = 0;
        while (start + length < arms.Length)
        {
            int count = CountLiterals(Unnamed(arms[start + length].Pattern));
            if (count == 0) break;
            literals += count;
            length++;
        }

        return literals >= MinLiterals ? length : 0;
    }

    /// <summary>The literals of one of the run's arms.</summary>
    public IEnumerable<Expression> LiteralsOf(int index)
    {
        Pattern pattern = Unnamed(this[index].Pattern);
        if (pattern is LiteralPattern single) yield return single.Literal;
        if (pattern is not AlternativePattern alternatives) yield break;
        foreach (Pattern alternative in alternatives.Alternatives) yield return ((LiteralPattern)alternative).Literal;
    }

    private static Pattern Unnamed(Pattern pattern)
    {
        while (pattern is AsPattern named) pattern = named.Pattern;
        return pattern;
    }

    private static int CountLiterals(Pattern pattern)
    {
        if (IsLiteral(pattern)) return 1;
        if (pattern is not AlternativePattern alternatives) return 0;
        foreach (Pattern alternative in alternatives.Alternatives)
        {
            if (!IsLiteral(alternative)) return 0;
        }

        return alternatives.Alternatives.Length;
    }

    private static bool IsLiteral(Pattern pattern) => pattern is LiteralPattern { Literal: IntLiteral or FloatLiteral or StringLiteral };
}
