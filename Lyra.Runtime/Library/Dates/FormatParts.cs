using System;
using Lyra.Runtime.Library.Rows;

namespace Lyra.Runtime.Library.Dates;

/// <summary>The parts of a format: it is that of a date, of a time, or of both.</summary>
[Flags]
internal enum FormatParts
{
    None = 0,
    Date = 1,
    Time = 2,
    Both = Date | Time,
}

/// <summary>Finds the parts of a format.</summary>
internal static class FormatPartsReader
{
    /// <summary>The parts of a format of .NET, standard or custom. An offset belongs to both.</summary>
    public static FormatParts Read(ReadOnlySpan<char> format)
    {
        if (format.Length == 1)
        {
            return format[0] switch
            {
                'd' or 'D' or 'm' or 'M' or 'y' or 'Y' => FormatParts.Date,
                't' or 'T' => FormatParts.Time,
                _ => FormatParts.Both,
            };
        }

        FormatParts parts = FormatParts.None;
        for (int i = FormatText.NextPlain(format, 0); i < format.Length; i = FormatText.NextPlain(format, i + 1))
        {
            parts |= format[i] switch
            {
                'd' or 'M' or 'y' or 'g' => FormatParts.Date,
                'h' or 'H' or 'm' or 's' or 'f' or 'F' or 't' => FormatParts.Time,
                'z' or 'K' => FormatParts.Both,
                _ => FormatParts.None,
            };
        }

        return parts;
    }
}
