using System;
using RadLine;
using Spectre.Console;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>
/// Colours the input. RadLine asks for the style of one word or character after the other, without blanks, so the class remembers the
/// position in the line. A line that is too long for the terminal is drawn from an unknown position on, and gets no colours.
/// </summary>
internal sealed class EditorColors : IHighlighter
{
    private string _line = string.Empty;
    private ArraySegment<TextClass> _classes = [];
    private int _position;

    /// <summary>Begins to draw a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="classes">The class of each of its characters.</param>
    public void Begin(string line, ArraySegment<TextClass> classes)
    {
        _line = line;
        _classes = classes;
        _position = 0;
    }

    public Style? Highlight(string token)
    {
        while (_position < _line.Length && char.IsWhiteSpace(_line[_position]))
        {
            _position++;
        }

        if (string.CompareOrdinal(_line, _position, token, 0, token.Length) != 0 || _position == _classes.Count)
        {
            return null;
        }

        TextClass first = _classes[_position];
        _position += token.Length;
        return Palette.StyleOf(first);
    }
}
