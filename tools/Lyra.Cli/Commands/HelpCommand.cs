using System;
using System.IO;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra help</c>: explains the subcommands and their options, from the tables that parse them.</summary>
internal static class HelpCommand
{
    public static int Execute(string? name, StandardStreams streams)
    {
        if (name is null)
        {
            WriteOverview(streams.Output, StandardStreams.IsOutputTerminal);
            return ExitCodes.Done;
        }

        Subcommand subcommand = SubcommandTable.Find(name) ?? throw new UsageException($"there is no command '{name}'; see lyra help");
        WriteSubcommand(subcommand, streams.Output, StandardStreams.IsOutputTerminal);
        return ExitCodes.Done;
    }

    public static void WriteOverview(TextWriter output, bool isTerminal)
    {
        output.WriteLine("lyra COMMAND [OPTIONS] …   the Lyra scripting language");
        output.WriteLine();
        string[][] rows = Array.ConvertAll(SubcommandTable.All, static row => new[] { $"{row.Name} {row.Usage}".TrimEnd(), row.Help });
        TextTable.Write(output, isTerminal, "Commands", rows);
        output.WriteLine();
        WriteOptions("Options of the commands that run code, before FILE", RunOptions.All, output, isTerminal);
        output.WriteLine();
        output.WriteLine(
            "Exit codes: 0 done, 1 uncaught script error or failed test, 2 bad source or bad arguments, 3 a check of Lyra failed, "
            + "or the code that the script passed to exit.");
    }

    private static void WriteSubcommand(Subcommand subcommand, TextWriter output, bool isTerminal)
    {
        string given = subcommand.RunsCode ? " [OPTIONS]" : string.Empty;
        output.WriteLine($"lyra {subcommand.Name}{given} {subcommand.Usage}".TrimEnd());
        output.WriteLine($"  {subcommand.Help}");
        CommandOption[] options = subcommand.AcceptedOptions;
        if (options.Length > 0)
        {
            output.WriteLine();
            WriteOptions("Options", options, output, isTerminal);
        }
    }

    private static void WriteOptions(string title, CommandOption[] options, TextWriter output, bool isTerminal) =>
        TextTable.Write(output, isTerminal, title, Array.ConvertAll(options, static o => new[] { o.Usage, o.Help }));
}
