using System;
using Lyra.Runtime.Library.Rows;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The formats of values in strs: <c>"${x,8:F2}"</c> and <c>"{0,8:F2}".format(x)</c>.</summary>
internal static class ValueFormats
{
    /// <summary>
    /// The most digits or columns of a formatted value: .NET would make a text of a billion digits for <c>F999999999</c>.
    /// </summary>
    public const int MaxWidth = 1_000_000;

    /// <summary>The most characters of a format that a message shows.</summary>
    private const int MaxShown = 40;

    /// <summary>The letters of .NET's standard formats of numbers, which digits may follow.</summary>
    private const string NumberLetters = "BCDEFGNPRXbcdefgnprx";

    /// <summary>Whether a format, which is not empty, is one of numbers or dates.</summary>
    public static bool IsKnown(ReadOnlySpan<char> format)
    {
        bool isStandard = char.IsAsciiLetter(format[0]) && format[1..].IndexOfAnyExceptInRange('0', '9') < 0;
        return isStandard
            ? NumberLetters.Contains(format[0], StringComparison.Ordinal) || (format.Length == 1 && IsDateLetter(format[0]))
            : NumberFormat.IsKnown(format) || IsCustomDate(format);
    }

    /// <summary>A format as a message shows it: the script may have made it as long as it likes.</summary>
    public static string Shown(string format) => format.Length <= MaxShown ? format : format[..MaxShown] + "…";

    /// <summary>Whether a letter is a standard format of dates.</summary>
    private static bool IsDateLetter(char letter) => letter is 'd' or 'D' or 'f' or 'F' or 'g' or 'G' or 'm' or 'M' or 'o' or 'O'
        or 'r' or 'R' or 's' or 't' or 'T' or 'u' or 'U' or 'y' or 'Y';

    /// <summary>Whether a text has a part of a date or time, outside of quotes.</summary>
    private static bool IsCustomDate(ReadOnlySpan<char> format)
    {
        for (int i = FormatText.NextPlain(format, 0); i < format.Length; i = FormatText.NextPlain(format, i + 1))
        {
            if (format[i] is 'd' or 'M' or 'y' or 'h' or 'H' or 'm' or 's' or 't')
            {
                return true;
            }
        }

        return false;
    }
}
