using System;
using System.IO;
using Lyra.Cli.Output;

namespace Lyra.Cli.Repl;

/// <summary>The text of <c>:help</c>.</summary>
internal static class ReplHelp
{
    private static readonly string[][] Keys =
    [
        ["Enter", "run the input, or continue it if it is incomplete; an empty line ends an incomplete input"],
        ["Alt+Enter", "begin a new line in any case"],
        ["Tab", "complete a name, a member, a command or a file"],
        ["Up, Down", "move between lines, then to earlier and later inputs"],
        ["Ctrl+C", "stop the running script; discard the input"],
        ["Ctrl+D", "end the session, if the input is empty"],
        ["Ctrl+A, Ctrl+E", "move to the beginning or the end of the line (also Home, End)"],
        ["Ctrl+W, Ctrl+U, Ctrl+K", "delete the word before the cursor, everything before it, everything after it"],
        ["Ctrl+L", "clear the screen"],
    ];

    public static void Write(ReplStreams streams)
    {
        TextWriter output = streams.Output;
        string[][] commands = Array.ConvertAll(SessionCommands.All, static command => new[] { command.Usage, command.Help });
        TextTable.Write(output, streams.IsTerminal, "Commands, which can be shortened", commands);
        output.WriteLine();
        TextTable.Write(output, streams.IsTerminal, "Keys", Keys);
    }
}
