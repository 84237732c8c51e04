using System.Collections.Generic;
using RadLine;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>The lines in the editor. RadLine shows a command the line of the cursor only, so they are kept here as well.</summary>
internal sealed class EditedInput
{
    private List<string> _lines = [string.Empty];

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The line of the cursor.</summary>
    public int Line { get; set; }

    public bool IsOnLastLine => Line == _lines.Count - 1;

    public string Text => string.Join('\n', _lines);

    /// <summary>The text before the cursor.</summary>
    public string TextBefore(LineBuffer buffer) => string.Join('\n', [.. _lines[..Line], buffer.Content[..buffer.Position]]);

    /// <summary>The text after the cursor.</summary>
    public string TextAfter(LineBuffer buffer) => string.Join('\n', [buffer.Content[buffer.Position..], .. _lines[(Line + 1)..]]);

    /// <summary>The position in the text at which a line begins.</summary>
    public int StartOf(int line)
    {
        int start = 0;
        for (int i = 0; i < line; i++)
        {
            start += _lines[i].Length + 1;
        }

        return start;
    }

    public void Replace(string text)
    {
        _lines = [.. text.Split('\n')];
        Line = 0;
    }

    /// <summary>Adds an empty line at the end, to which the cursor moves.</summary>
    public void AddLine()
    {
        _lines.Add(string.Empty);
        Line = _lines.Count - 1;
    }

    /// <summary>Notes the content of the line of the cursor.</summary>
    public void Update(LineBuffer buffer) => _lines[Line] = buffer.Content;
}
