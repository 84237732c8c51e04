using System;
using System.Text;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// The indentation rules of <c>"""</c>: a newline directly after the opening quotes is dropped; the white space common to the start of all
/// lines that are not blank is removed; and if the closing quotes are alone on a line, the newline before it is dropped.
/// </summary>
/// <remarks>
/// The text consists of pieces with an interpolation between any two. The rules apply to the source text, before escapes are read. A line
/// that contains nothing but white space and an interpolation is not blank. Line ends of any form become <c>\n</c>. Tabs and spaces are
/// different characters; white space that the lines do not share is kept.
/// </remarks>
internal static class BlockText
{
    public static string[] Dedent(string[] pieces)
    {
        string[] result = new string[pieces.Length];
        for (int i = 0; i < pieces.Length; i++)
        {
            result[i] = NormalizeLineEnds(pieces[i]);
        }

        bool beginsWithNewline = result[0].StartsWith('\n');
        if (beginsWithNewline)
        {
            result[0] = result[0][1..];
        }

        string indentation = FindIndentation(result);
        bool endsOnOwnLine = EndsOnOwnLine(result, beginsWithNewline);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Strip(result[i], indentation, isLineStart: i == 0);
        }

        if (endsOnOwnLine)
        {
            result[^1] = result[^1][..Math.Max(result[^1].LastIndexOf('\n'), 0)];
        }

        return result;
    }

    private static string NormalizeLineEnds(string text) =>
        text.Contains('\r', StringComparison.Ordinal) ? text.ReplaceLineEndings("\n") : text;

    /// <summary>The longest white space with which every line that is not blank begins.</summary>
    private static string FindIndentation(string[] pieces)
    {
        string? common = null;
        for (int i = 0; i < pieces.Length; i++)
        {
            string piece = pieces[i];
            int line = i == 0 ? 0 : NextLine(piece, 0);
            for (; line >= 0; line = NextLine(piece, line))
            {
                int end = EndOfBlanks(piece, line);
                bool isBlank = end == piece.Length ? i == pieces.Length - 1 : piece[end] == '\n';
                if (!isBlank)
                {
                    common = CommonPrefix(common, piece.AsSpan(line, end - line));
                }
            }
        }

        return common ?? "";
    }

    private static bool EndsOnOwnLine(string[] pieces, bool beginsWithNewline)
    {
        string last = pieces[^1];
        int lineEnd = last.LastIndexOf('\n');
        bool hasLineBefore = lineEnd >= 0 || (pieces.Length == 1 && beginsWithNewline);
        return hasLineBefore && EndOfBlanks(last, lineEnd + 1) == last.Length;
    }

    private static string Strip(string piece, string indentation, bool isLineStart)
    {
        if (indentation.Length == 0)
        {
            return piece;
        }

        StringBuilder result = new(piece.Length);
        int line = 0;
        while (line >= 0)
        {
            int next = NextLine(piece, line);
            ReadOnlySpan<char> text = next < 0 ? piece.AsSpan(line) : piece.AsSpan(line, next - line);
            result.Append(isLineStart ? text[text.CommonPrefixLength(indentation)..] : text);
            isLineStart = true;
            line = next;
        }

        return result.ToString();
    }

    /// <summary>The start of the line after the one at <paramref name="from"/>, or −1.</summary>
    private static int NextLine(string piece, int from)
    {
        int end = from <= piece.Length ? piece.IndexOf('\n', from) : -1;
        return end < 0 ? -1 : end + 1;
    }

    private static int EndOfBlanks(string piece, int from)
    {
        while (from < piece.Length && piece[from] is ' ' or '\t')
        {
            from++;
        }

        return from;
    }

    private static string CommonPrefix(string? common, ReadOnlySpan<char> indentation) =>
        common is null ? indentation.ToString() : common[..indentation.CommonPrefixLength(common)];
}
