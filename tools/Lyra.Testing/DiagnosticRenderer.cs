using System;
using System.Text;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Testing;

/// <summary>
/// Formats a diagnostic for display: its text and code, then the source line with a caret under the position. Long lines are truncated
/// around the caret, and characters that would disturb a terminal are replaced.
/// </summary>
internal static class DiagnosticRenderer
{
    private const int MaxWidth = 120;
    private const string Indentation = "    ";

    public static string Render(Diagnostic diagnostic, SourceText source) =>
        $"{diagnostic} [{diagnostic.Code}]\n{RenderPlace(source, diagnostic.Line, diagnostic.Column, diagnostic.Length)}";

    /// <summary>The source line and, under it, a caret for the first and tildes for further characters; both end with a newline.</summary>
    public static string RenderPlace(SourceText source, int line, int column, int length)
    {
        string text = source.GetLineText(line);
        int caret = Math.Clamp(column - 1, 0, text.Length);
        int marked = Math.Clamp(length, 1, Math.Max(text.Length - caret, 1));
        (int start, int end) = FindWindow(text, caret);

        StringBuilder result = new(Indentation);
        if (start > 0)
        {
            result.Append('…');
        }

        AppendVisible(result, text.AsSpan(start, end - start));
        if (end < text.Length)
        {
            result.Append('…');
        }

        result.Append('\n').Append(Indentation);
        if (start > 0)
        {
            result.Append(' ');
        }

        AppendBlanks(result, text.AsSpan(start, caret - start));
        result.Append('^').Append('~', Math.Clamp(Math.Min(marked, end - caret) - 1, 0, MaxWidth));
        return result.Append('\n').ToString();
    }

    /// <summary>The displayed part of a line: all of it, or as much as fits around the caret. Surrogate pairs are not split.</summary>
    private static (int Start, int End) FindWindow(string text, int caret)
    {
        if (text.Length <= MaxWidth)
        {
            return (0, text.Length);
        }

        int start = Math.Clamp(caret - MaxWidth / 2, 0, text.Length - MaxWidth);
        int end = start + MaxWidth;
        if (start > 0 && char.IsLowSurrogate(text[start]))
        {
            start--;
        }

        if (end < text.Length && char.IsLowSurrogate(text[end]))
        {
            end--;
        }

        return (start, Math.Max(end, caret));
    }

    private static void AppendVisible(StringBuilder result, ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value != '\t' && Rune.IsControl(rune))
            {
                result.Append('\uFFFD');
            }
            else
            {
                result.Append(rune.ToString());
            }
        }
    }

    /// <summary>Appends blanks of the same width as the text: a tab for a tab, one space for any other character.</summary>
    private static void AppendBlanks(StringBuilder result, ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            result.Append(rune.Value == '\t' ? '\t' : ' ');
        }
    }
}
