using System.IO;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra run</c>: runs a program.</summary>
internal static class RunCommand
{
    public static int Execute(RunRequest request, StandardStreams streams)
    {
        string source = SourceFile.Read(request.File);
        string folder = Path.GetDirectoryName(request.File) ?? string.Empty;
        LyraOptions options = request.Settings.ToOptions(folder, request.ScriptArguments, streams);
        using LyraEngine engine = new(options);
        return Execution.Run(engine, source, request.File, request.Settings, streams, out _);
    }
}
