using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Spectre.Console;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>Draws what RadLine does not: candidates below the input, and the whole input again.</summary>
internal sealed class EditorScreen(IAnsiConsole console, EditedInput input)
{
    private const int Gap = 2;
    private const int MaxRows = 20;

    /// <summary>The columns for the text of a line.</summary>
    public int TextWidth => console.Profile.Width - Prompts.First.Length - EditorPrompt.Margin - 1;

    private TextWriter Output => console.Profile.Out.Writer;

    /// <summary>Shows candidates below the input, and the input below them.</summary>
    public void ShowCandidates(IReadOnlyList<string> candidates)
    {
        ExitInput();
        foreach (string row in Rows(candidates, console.Profile.Width))
        {
            Output.Write($"{row}\n");
        }

        DrawInput();
    }

    /// <summary>Clears the screen and shows the input at its top.</summary>
    public void Clear()
    {
        console.Clear(home: true);
        DrawInput();
    }

    /// <summary>Erases lines above the cursor, and moves to the first of them.</summary>
    public void EraseAbove(int lines) => Output.Write($"\u001b[{lines}A\r\u001b[J");

    /// <summary>Arranges candidates in columns that fill a width, from top to bottom. The rest of a long list is counted.</summary>
    public static IEnumerable<string> Rows(IReadOnlyList<string> candidates, int width)
    {
        int column = candidates.Max(static candidate => candidate.Length) + Gap;
        int columns = Math.Max(1, width / column);
        int count = Math.Min(candidates.Count, columns * MaxRows);
        int rows = (count + columns - 1) / columns;
        for (int row = 0; row < rows; row++)
        {
            StringBuilder line = new();
            for (int i = row; i < count; i += rows)
            {
                line.Append(candidates[i].PadRight(column));
            }

            yield return line.ToString().TrimEnd();
        }

        if (count < candidates.Count)
        {
            yield return $"… {candidates.Count - count} more";
        }
    }

    /// <summary>Moves to a new line below the input.</summary>
    private void ExitInput() => Output.Write(new string('\n', input.Lines.Count - input.Line));

    /// <summary>Draws all lines, and moves to the line of the cursor, which RadLine draws next.</summary>
    private void DrawInput()
    {
        for (int line = 0; line < input.Lines.Count; line++)
        {
            string text = input.Lines[line];
            console.Write(EditorPrompt.Of(line));
            Output.Write($" {text[..Math.Min(text.Length, Math.Max(0, TextWidth))]}{(line < input.Lines.Count - 1 ? "\n" : string.Empty)}");
        }

        int up = input.Lines.Count - 1 - input.Line;
        Output.Write(up > 0 ? $"\u001b[{up}A" : string.Empty);
    }
}
