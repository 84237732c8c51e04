using System;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Diagnostics;

/// <summary>
/// A source file: its text, its name, and the map from offsets to lines and columns. Threads may share it: it is immutable except for the
/// line table, which is computed at its first use and is the same whichever thread computes it.
/// </summary>
internal sealed class SourceText
{
    private int[]? _lineStarts;

    public SourceText(string text, string fileName)
    {
        Text = text;
        FileName = fileName;
    }

    public string Text { get; }

    public string FileName { get; }

    public int Length => Text.Length;

    public int LineCount => LineStarts.Length;

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Text);

    /// <summary>
    /// The 1-based line and column (in UTF-16 code units) of an offset. An offset outside the text counts as the nearest end of the text.
    /// </summary>
    public (int Line, int Column) GetPosition(int offset)
    {
        int inside = Math.Clamp(offset, 0, Text.Length);
        int line = LineAt(inside);
        return (line, inside - LineStarts[line - 1] + 1);
    }

    /// <summary>The last line that starts at an offset of the text or before it, by binary search.</summary>
    /// <remarks>The CLR has to compile its own search when a process uses it first.</remarks>
    private int LineAt(int offset)
    {
        int first = 1;
        int last = LineStarts.Length;
        while (first < last)
        {
            int middle = (first + last + 1) / 2;
            (first, last) = LineStarts[middle - 1] <= offset ? (middle, last) : (first, middle - 1);
        }

        return first;
    }

    /// <summary>The offset at which a 1-based line begins.</summary>
    public int OffsetOf(int line) => LineStarts[line - 1];

    /// <summary>The 1-based line of an offset.</summary>
    public int GetLine(int offset) => GetPosition(offset).Line;

    /// <summary>The text of a 1-based line without its line end; empty for lines that do not exist.</summary>
    public string GetLineText(int line)
    {
        if (line < 1 || line > LineStarts.Length)
        {
            return "";
        }

        int start = LineStarts[line - 1];
        int end = line < LineStarts.Length ? LineStarts[line] : Text.Length;
        return Text[start..end].TrimEnd('\r', '\n');
    }

    public string GetText(SourceSpan span) => Text.Substring(span.Start, span.Length);

    private static int[] FindLineStarts(string text)
    {
        int count = 1;
        for (int next = ScriptSource.NextLine(text, 0); next >= 0; next = ScriptSource.NextLine(text, next))
        {
            count++;
        }

        int[] starts = new int[count];
        for (int line = 1; line < count; line++)
        {
            starts[line] = ScriptSource.NextLine(text, starts[line - 1]);
        }

        return starts;
    }
}
