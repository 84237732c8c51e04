using System;
using System.IO;
using Lyra.Cli.CommandLine;
using Lyra.Cli.Commands;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;

namespace Lyra.Cli;

/// <summary>The command <c>lyra</c>. Exit codes: see <see cref="ExitCodes"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        StandardStreams streams = new();
        try
        {
            int code = OptionScanner.TryParseRun(arguments, out RunRequest? request)
                ? RunCommand.Execute(request, streams)
                : CommandLineParser.Execute(arguments, streams);
            streams.Output.Flush();
            return code;
        }
        catch (UsageException e)
        {
            streams.Error.WriteLine($"lyra: {e.Message}");
            return ExitCodes.BadSource;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard input or output failed: a disk is full, or a stream is closed.
            streams.Error.WriteLine($"lyra: {e.Message}");
            return ExitCodes.ScriptError;
        }
        catch (Exception e)
        {
            // A fault in Lyra. Users of a script should not see a .NET trace.
            streams.Error.WriteLine($"lyra: internal error: {ErrorReport.OneLine($"{e.GetType().Name}: {e.Message}")}; please report it");
            return ExitCodes.ScriptError;
        }
    }
}
