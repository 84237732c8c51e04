using System;
using System.IO;
using Lyra.Cli.CommandLine;
using Lyra.Cli.Output;

namespace Lyra.Cli;

/// <summary>The command <c>lyra</c>. Exit codes: see <see cref="ExitCodes"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using StandardStreams streams = new();
        try
        {
            return FastPath.TryParse(arguments, out RunRequest? request)
                ? Calls.RunCall.Execute(request, streams)
                : CommandLineParser.Execute(arguments, streams);
        }
        catch (UsageException e)
        {
            streams.Output.Flush();
            streams.Error.WriteLine($"lyra: {e.Message}");
            return ExitCodes.BadSource;
        }
        catch (IOException e)
        {
            // Standard output or input broke, for example because a disk is full.
            streams.Error.WriteLine($"lyra: {e.Message}");
            return ExitCodes.ScriptError;
        }
        catch (Exception e)
        {
            // A fault of Lyra itself: whoever runs a script is not shown a .NET trace.
            streams.Error.WriteLine($"lyra: internal error: {ErrorReport.OneLine($"{e.GetType().Name}: {e.Message}")}; please report it");
            return ExitCodes.ScriptError;
        }
    }
}
