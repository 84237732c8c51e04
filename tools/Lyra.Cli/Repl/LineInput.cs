using System;
using System.IO;
using System.Text;

namespace Lyra.Cli.Repl;

/// <summary>
/// Inputs from a pipe, a file, or a terminal without control codes. A line that is not complete continues with the next ones. Scripts that
/// call <c>input</c> get the lines that follow.
/// </summary>
/// <param name="reader">The lines.</param>
/// <param name="prompts">Where a person who types the lines sees prompts; null if nobody does.</param>
internal sealed class LineInput(TextReader reader, TextWriter? prompts) : IReplInput
{
    public string? Read()
    {
        StringBuilder input = new();
        prompts?.Write($"{Prompts.First} ");
        while (reader.ReadLine() is { } line)
        {
            input.Append(input.Length == 0 ? string.Empty : "\n").Append(line);
            if (IsEnd(input.ToString(), line))
            {
                return input.ToString();
            }

            prompts?.Write($"{Prompts.More} ");
        }

        return input.Length == 0 ? null : input.ToString();
    }

    /// <summary>A person ends an incomplete input with an empty line. In a file, a proc may contain empty lines.</summary>
    private bool IsEnd(string input, string line) => SessionCommands.IsCommand(input) || !LyraSession.IsIncomplete(input)
        || (prompts is not null && string.IsNullOrWhiteSpace(line));
}
