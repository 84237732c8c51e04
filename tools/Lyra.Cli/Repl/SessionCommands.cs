using System;
using Lyra.Cli.Files;
using Lyra.Cli.Output;

namespace Lyra.Cli.Repl;

/// <summary>The commands of the session. Parsing, help and completion derive from the table.</summary>
internal static class SessionCommands
{
    public const string Load = ":load";

    public static readonly SessionCommand[] All =
    [
        new(":help", null, "show the commands and keys", static (session, _) => ReplHelp.Write(session.Streams)),
        new(":type", "EXPR", "show the type of a value", Inspections.ShowType) { TakesSource = true },
        new(":doc", "NAME", "show how a name is declared, and what its documentation says", Documentation.Show) { TakesSource = true },
        new(":time", "EXPR", "show a value and how long it took", Inspections.ShowTime) { TakesSource = true },
        new(":bytecode", "PROC|EXPR", "show the bytecode of a proc, or of an expression before and after the optimizer",
            Inspections.ShowBytecode) { TakesSource = true },
        new(":traces", null, "show what was compiled to machine code, as lyra trace does",
            static (session, _) => Inspections.ShowTraces(session)),
        new(":stats", null, "show the statistics of the engine", static (session, _) => Inspections.ShowStatistics(session)),
        new(":profile", "on|show|off", "measure the inputs and files from here on; show or end the profile", ProfileControl.Execute),
        new(Load, "FILE", "run a file; its names stay", LoadFile),
        new(":reset", null, "forget all names and begin anew", static (session, _) => session.Reset()),
        new(":quit", null, "end the session", static (session, _) => session.End(exitCode: 0)),
    ];

    /// <summary>Whether an input is a command. No source text begins with a colon.</summary>
    public static bool IsCommand(string input) => input.AsSpan().TrimStart().StartsWith(":");

    /// <summary>Executes a command, and reports an error in it.</summary>
    public static void Execute(ReplSession session, string input)
    {
        try
        {
            (string name, string argument) = Split(input);
            SessionCommand command = Find(name);
            if (command.Argument is null != (argument.Length == 0))
            {
                throw new UsageException(command.Argument is null
                    ? $"{command.Name} takes no argument, not '{ErrorReport.OneLine(argument)}'"
                    : $"{command.Name} needs {command.Argument}");
            }

            command.Execute(session, argument);
        }
        catch (UsageException e)
        {
            session.Complain(e);
        }
    }

    /// <summary>The command and the rest of the input.</summary>
    public static (string Name, string Argument) Split(string input)
    {
        int end = input.AsSpan().IndexOfAny(" \t\n");
        return end < 0 ? (input, string.Empty) : (input[..end], input[end..].Trim());
    }

    /// <summary>The command of a name, or of the beginning of a name.</summary>
    private static SessionCommand Find(string name)
    {
        SessionCommand[] found = Array.FindAll(All, command => command.Name.StartsWith(name, StringComparison.Ordinal));
        return found.Length switch
        {
            1 => found[0],
            0 => throw new UsageException($"there is no command '{ErrorReport.OneLine(name)}'; see :help"),
            _ => Array.Find(found, command => command.Name == name)
                ?? throw new UsageException($"'{name}' may be {string.Join(" or ", Array.ConvertAll(found, command => command.Name))}"),
        };
    }

    private static void LoadFile(ReplSession session, string file) => session.TryRun(SourceFile.Read(file), file, out _);
}
