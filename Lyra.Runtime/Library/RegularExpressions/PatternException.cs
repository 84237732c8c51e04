using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>A text is no pattern, or is beyond a bound of patterns. The message becomes part of a script's error.</summary>
internal sealed class PatternException(string message) : Exception(message)
{
    /// <summary>
    /// An error and its position: <c>insufficient closing parentheses at position 2</c>. The text is the name of .NET's error code, split
    /// into words.
    /// </summary>
    public static PatternException At(RegexParseError error, int position) =>
        new($"the pattern is not a regular expression: {Describe(error, position)}");

    /// <inheritdoc cref="At"/>
    public static string Describe(RegexParseError error, int position)
    {
        StringBuilder words = new();
        foreach (char letter in error.ToString())
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : string.Empty).Append(char.ToLowerInvariant(letter));
        }

        return words.Append(CultureInfo.InvariantCulture, $" at position {position}").ToString();
    }
}
