using System;
using Lyra.Runtime.Library.Rows;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// Tells .NET's formats of numbers from other text. .NET writes almost every unknown format into its result without an error: the
/// result of <c>.2f</c> for 2.567 is <c>32f</c>.
/// </summary>
internal static class NumberFormat
{
    /// <summary>
    /// True for standard formats (a letter and digits, which .NET checks) and for custom formats with at least one digit placeholder
    /// (<c>0</c> or <c>#</c>). A custom format has other digits only in quotes or behind a backslash, and does not end as Python's and
    /// C's formats of floats do (<c>.0f</c>).
    /// </summary>
    public static bool IsKnown(ReadOnlySpan<char> format) => IsStandard(format) || (IsCustom(format) && !IsPrintf(format));

    private static bool IsStandard(ReadOnlySpan<char> format) =>
        char.IsAsciiLetter(format[0]) && format[1..].IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsCustom(ReadOnlySpan<char> format)
    {
        bool hasPlaceholder = false;
        for (int i = FormatText.NextPlain(format, 0); i < format.Length; i = FormatText.NextPlain(format, i + 1))
        {
            switch (format[i])
            {
                case '0' or '#':
                    hasPlaceholder = true;
                    break;
                case >= '1' and <= '9':
                    return false;
            }
        }

        return hasPlaceholder;
    }

    /// <summary>A point, zeros, and a letter that means a float in Python and C; before them at most flags.</summary>
    private static bool IsPrintf(ReadOnlySpan<char> format)
    {
        if (format[^1] is not ('f' or 'F' or 'e' or 'E' or 'g' or 'G'))
        {
            return false;
        }

        int point = format.IndexOf('.');
        return point >= 0
            && format[..point].IndexOfAnyExcept("+- ,_") < 0
            && format.Length - point > 2
            && format[(point + 1)..^1].IndexOfAnyExcept('0') < 0;
    }
}
