using System;

namespace Lyra.Runtime.Library.Rows;

/// <summary>Reads the formats of .NET.</summary>
internal static class FormatText
{
    /// <summary>
    /// The first position from one on whose character is neither in quotes nor behind a backslash; the length if there is none.
    /// </summary>
    public static int NextPlain(ReadOnlySpan<char> format, int from)
    {
        while (from < format.Length)
        {
            switch (format[from])
            {
                case '\\':
                    from += 2;
                    break;
                case '"' or '\'':
                    int length = format[(from + 1)..].IndexOf(format[from]);
                    from = length < 0 ? format.Length : from + length + 2;
                    break;
                default:
                    return from;
            }
        }

        return format.Length;
    }
}
