using System;
using System.IO;

namespace Lyra.Cli.Output;

/// <summary>Writes a source line with a caret below a column.</summary>
internal static class SourceExcerpt
{
    private const string Indent = "    ";
    private const int MaxWidth = 160;

    /// <summary>Writes the line, or its part around the column if it is long, and a caret below the 1-based column.</summary>
    public static void Write(TextWriter output, string line, int column)
    {
        int caret = Math.Clamp(column - 1, 0, line.Length);
        int first = 0;
        while (first < caret && char.IsWhiteSpace(line[first]))
        {
            first++;
        }

        if (caret - first > MaxWidth / 2)
        {
            first = caret - (MaxWidth / 2);
        }

        int last = Math.Min(line.Length, first + MaxWidth);
        Span<char> shown = new char[MaxWidth];
        Span<char> below = new char[MaxWidth];
        int length = 0;
        for (int i = first; i < last; i++)
        {
            // Tabs are repeated in the line of the caret, so that the caret is below its column for any width of a tab.
            shown[length] = line[i] == '\t' || !char.IsControl(line[i]) ? line[i] : ' ';
            below[length] = line[i] == '\t' ? '\t' : ' ';
            length++;
        }

        output.Write(Indent);
        output.WriteLine(shown[..length].TrimEnd());
        output.Write(Indent);
        output.Write(below[..Math.Min(caret - first, length)]);
        output.WriteLine('^');
    }
}
