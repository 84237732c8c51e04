using System;
using Spectre.Console;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>Inputs that are edited at a terminal, with history, completion and colours.</summary>
/// <param name="console">The terminal.</param>
/// <param name="history">The earlier inputs.</param>
/// <param name="complete">Completes the text before the cursor.</param>
internal sealed class TerminalInput(IAnsiConsole console, HistoryFile history, Func<string, Completion> complete) : IReplInput
{
    private readonly KeySource _keys = new();

    public string? Read()
    {
        TerminalEditor editor = new(console, _keys, history.Entries, complete);
        string input;

        // In the editor, Ctrl+C is a key. While a script runs, it is a signal.
        Console.TreatControlCAsInput = true;
        try
        {
            input = editor.Read();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }

        history.Add(input);
        return editor.IsEnd ? null : input;
    }
}
