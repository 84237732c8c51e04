using System;
using RadLine;
using Spectre.Console;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>The prompts in front of the lines. RadLine asks for that of each line directly before it draws the line.</summary>
/// <param name="onLine">Called with the number of the line that is drawn next.</param>
internal sealed class EditorPrompt(Action<int> onLine) : ILineEditorPrompt
{
    /// <summary>The blanks between prompt and text.</summary>
    public const int Margin = 1;

    private readonly Markup _first = Of(0);
    private readonly Markup _more = Of(1);

    public (Markup Markup, int Margin) GetPrompt(ILineEditorState state, int line)
    {
        onLine(line);
        return (line == 0 ? _first : _more, Margin);
    }

    /// <summary>The prompt of a line.</summary>
    public static Markup Of(int line) => new(line == 0 ? $"[green]{Prompts.First}[/]" : $"[grey]{Prompts.More}[/]");
}
