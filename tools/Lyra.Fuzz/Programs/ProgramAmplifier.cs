using System;
using System.Text;
using Lyra.Fuzz.Seeds;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;

namespace Lyra.Fuzz.Programs;

/// <summary>
/// Makes large sources of a program, to find constructs for which the compiler does more work than their text is long: a part of the tokens
/// is repeated, with the same or with new names, or parts in front of and behind a place are nested. Most results have errors; those must
/// be cheap, too.
/// </summary>
internal static class ProgramAmplifier
{
    /// <summary>The longest part, in tokens.</summary>
    private const int MaxPart = 24;

    /// <summary>The length of what is added, in code units.</summary>
    private const int AddedLength = 60_000;

    public static string Amplify(string source, FuzzRandom random)
    {
        SourceText text = new(source, "amplified.lyra");
        Token[] tokens = Lexer.Tokenize(text, new DiagnosticBag(text));
        int first = random.Below(tokens.Length);
        int middle = Math.Min(tokens.Length - 1, first + 1 + random.Below(MaxPart));
        int last = random.Chance(50) ? Math.Min(tokens.Length - 1, middle + random.Below(MaxPart)) : middle;
        bool hasNewNames = random.Chance(40);
        int times = AddedLength / (1 + tokens[last].Start - tokens[first].Start);
        StringBuilder result = new(source, 0, tokens[first].Start, source.Length + (2 * AddedLength));
        for (int i = 0; i < times; i++)
        {
            Append(result, source, tokens.AsSpan(first, middle - first), tokens[middle].Start, hasNewNames ? i : -1);
        }

        for (int i = 0; i < times; i++)
        {
            Append(result, source, tokens.AsSpan(middle, last - middle), tokens[last].Start, -1);
        }

        return result.Append(source, tokens[last].Start, source.Length - tokens[last].Start).ToString();
    }

    /// <summary>Appends the text of some tokens; with a number, it is appended to their names.</summary>
    private static void Append(StringBuilder result, string source, ReadOnlySpan<Token> part, int end, int number)
    {
        for (int i = 0; i < part.Length; i++)
        {
            int next = i + 1 < part.Length ? part[i + 1].Start : end;
            int length = part[i].Kind == TokenKind.Identifier && number >= 0 ? part[i].Length : 0;
            result.Append(source, part[i].Start, length);
            if (length > 0)
            {
                result.Append(number);
            }

            result.Append(source, part[i].Start + length, next - part[i].Start - length);
        }
    }
}
