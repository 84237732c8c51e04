using System;
using System.Runtime.CompilerServices;
using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Repl;
using Lyra.Cli.Repl.Terminal;
using Spectre.Console;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra repl</c>: reads inputs, runs them in one session and prints their results. At a terminal, with an editor; otherwise line by
/// line, without prompts and colours.
/// </summary>
internal static class ReplCommand
{
    private static bool IsTerminal => !Console.IsInputRedirected && StandardStreams.IsOutputTerminal;

    /// <summary>Whether the terminal understands the control codes that an editor needs.</summary>
    private static bool CanEdit =>
        IsTerminal && (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    public static int Execute(RunSettings settings, StandardStreams streams)
    {
        LyraOptions options = settings.ToOptions(string.Empty, [], streams);
        if (CanEdit)
        {
            options = options with { Input = new TerminalReader(streams.Output) };
        }

        if (options.Jit != JitMode.Off)
        {
            LyraEngine.WarmUp();
        }

        using ReplSession session = new(
            () => new LyraEngine(options), new ReplStreams(streams.Output, () => streams.Error, StandardStreams.IsOutputTerminal));
        if (IsTerminal)
        {
            // Otherwise the signal ends the process, as with every other command.
            Console.CancelKeyPress += (_, e) =>
            {
                e.Cancel = true;
                session.Interrupt();
            };
            streams.Output.WriteLine($"{VersionCommand.Text}; :help shows the commands, Ctrl+D ends the session");
        }

        ReplLoop.Run(session, CanEdit ? Editor(session, streams) : new LineInput(options.Input, IsTerminal ? streams.Output : null));
        if (settings.ShowStatistics)
        {
            StatisticsReport.Write(session.Engine, streams.Error, StandardStreams.IsErrorTerminal);
        }

        return session.ExitCode;
    }

    /// <summary>A separate method, so that Spectre.Console is loaded for terminals only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TerminalInput Editor(ReplSession session, StandardStreams streams)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = IsWithoutColors ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(streams.Output),
        });
        return new TerminalInput(console, new HistoryFile(HistoryFile.DefaultPath()), text => Completer.Complete(session.Engine, text));
    }

    private static bool IsWithoutColors => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
