using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Consecutive arms without guards whose patterns are int and str literals, or alternatives of such.</summary>
internal readonly record struct SwitchRun(ImmutableArray<MatchArm> Arms, int Start, int Length)
{
    /// <summary>Fewer literals are tested one by one.</summary>
    private const int MinLiterals = 4;

    /// <summary>The number of arms of the run that starts at an arm; 0 when there is none worth a table.</summary>
    public static int LengthAt(ImmutableArray<MatchArm> arms, int start)
    {
        int literals = 0;
        int length = 0;
        while (start + length < arms.Length && arms[start + length].Guard is null)
        {
            int count = CountLiterals(arms[start + length].Pattern);
            if (count == 0) break;
            literals += count;
            length++;
        }

        return literals >= MinLiterals ? length : 0;
    }

    public static IEnumerable<Expression> LiteralsOf(MatchArm arm)
    {
        if (arm.Pattern is LiteralPattern single) yield return single.Literal;
        if (arm.Pattern is not AlternativePattern alternatives) yield break;
        foreach (Pattern alternative in alternatives.Alternatives) yield return ((LiteralPattern)alternative).Literal;
    }

    private static int CountLiterals(Pattern pattern)
    {
        if (pattern is LiteralPattern { Literal: IntLiteral or StringLiteral }) return 1;
        if (pattern is not AlternativePattern alternatives) return 0;
        foreach (Pattern alternative in alternatives.Alternatives)
        {
            if (alternative is not LiteralPattern { Literal: IntLiteral or StringLiteral }) return 0;
        }

        return alternatives.Alternatives.Length;
    }
}
