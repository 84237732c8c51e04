using System;
using System.Globalization;

namespace Lyra.Cli.Repl;

/// <summary>The text of a result.</summary>
internal static class ResultText
{
    /// <summary>The most characters shown: about twenty lines of a terminal.</summary>
    public const int MaxLength = 2_000;

    /// <summary>The literal, or its beginning and the number of characters left out.</summary>
    public static string Cut(string literal)
    {
        if (literal.Length <= MaxLength)
        {
            return literal;
        }

        int end = char.IsHighSurrogate(literal[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return string.Create(CultureInfo.InvariantCulture, $"{literal.AsSpan(0, end)}… ({literal.Length - end:N0} more characters)");
    }
}
