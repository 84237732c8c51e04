using System;
using System.IO;
using Lyra.Cli.CommandLine;
using Lyra.Cli.Output;

namespace Lyra.Cli.Calls;

/// <summary><c>lyra help</c>: the calls and their options, from the tables that they are parsed by.</summary>
internal static class HelpCall
{
    public static int Execute(string? name, StandardStreams streams)
    {
        if (name is null)
        {
            WriteOverview(streams.Output, StandardStreams.IsOutputTerminal);
            return ExitCodes.Done;
        }

        Call call = CallTable.Find(name) ?? throw new UsageException($"there is no call '{name}'; see lyra help");
        WriteCall(call, streams.Output, StandardStreams.IsOutputTerminal);
        return ExitCodes.Done;
    }

    public static void WriteOverview(TextWriter output, bool isTerminal)
    {
        output.WriteLine("lyra CALL [OPTIONS] …   the Lyra scripting language");
        output.WriteLine();
        TextTable.Write(output, isTerminal, "Calls", Array.ConvertAll(CallTable.All, static c => new[] { $"{c.Name} {c.Usage}".TrimEnd(), c.Help }));
        output.WriteLine();
        WriteOptions("Options of the calls that run code, before FILE", RunOptions.All, output, isTerminal);
        output.WriteLine();
        output.WriteLine("Exit codes: 0 done, 1 uncaught script error or failed test, 2 bad source or bad arguments, 3 a check of Lyra failed, or what the script gave to exit.");
    }

    private static void WriteCall(Call call, TextWriter output, bool isTerminal)
    {
        string given = call.RunsCode ? " [OPTIONS]" : string.Empty;
        output.WriteLine($"lyra {call.Name}{given} {call.Usage}".TrimEnd());
        output.WriteLine($"  {call.Help}");
        RunOption[] options = call.UsefulOptions;
        if (options.Length > 0)
        {
            output.WriteLine();
            WriteOptions("Options", options, output, isTerminal);
        }
    }

    private static void WriteOptions(string title, RunOption[] options, TextWriter output, bool isTerminal) =>
        TextTable.Write(output, isTerminal, title, Array.ConvertAll(options, static o => new[] { o.Usage, o.Help }));
}
