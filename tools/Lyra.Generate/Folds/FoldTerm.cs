using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lyra.Generate.Folds;

/// <summary>A pattern or a result of a line: an operation with inputs, or a letter, literal or C# expression.</summary>
/// <param name="Text">The text of what is no operation.</param>
/// <param name="Ops">The operations that match.</param>
/// <param name="Inputs">The inputs; null if they may be any.</param>
internal sealed record FoldTerm(string Text, string[] Ops, FoldTerm[]? Inputs)
{
    public bool IsOperation => Ops.Length > 0;

    /// <summary>Whether it is c or d, which stand for constants.</summary>
    public bool IsConstant => Text is "c" or "d";

    /// <summary>Whether it is a letter for any value.</summary>
    public bool IsValue => Text.Length == 1 && char.IsAsciiLetter(Text[0]) && !IsConstant;

    public static FoldTerm Parse(string text, IReadOnlyDictionary<string, string> sets)
    {
        Match head = Regex.Match(text, "^([A-Z][A-Za-z|]*)( |$)");
        if (!head.Success)
        {
            return new FoldTerm(text, [], null);
        }

        string[] ops = [.. head.Groups[1].Value.Split('|').SelectMany(op => sets.GetValueOrDefault(op, op).Split('|'))];
        string[] inputs = [.. Words(text[head.Length..])];
        return new FoldTerm("", ops, inputs.Length == 0 ? null : Array.ConvertAll(inputs, input => OfInput(input, sets)));
    }

    private static FoldTerm OfInput(string text, IReadOnlyDictionary<string, string> sets) =>
        Parse(text.StartsWith('(') ? text[1..^1] : text, sets);

    /// <summary>Splits at the spaces outside of parentheses.</summary>
    private static IEnumerable<string> Words(string text)
    {
        (int depth, int start) = (0, 0);
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ' ';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ' ' && depth == 0)
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
        }
    }
}
