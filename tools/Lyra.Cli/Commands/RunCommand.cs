using System;
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
        if (request.Settings.Jit != JitMode.Off && MayBecomeHot(source))
        {
            LyraEngine.WarmUp();
        }

        string folder = Path.GetDirectoryName(request.File) ?? string.Empty;
        LyraOptions options = request.Settings.ToOptions(folder, request.ScriptArguments, streams);
        using LyraEngine engine = new(options);
        return Execution.Run(engine, source, request.File, request.Settings, streams, out _);
    }

    /// <summary>
    /// Whether a program may have a loop or a proc. If not, another thread that loads the compiler would slow down its start by some
    /// milliseconds for nothing.
    /// </summary>
    private static bool MayBecomeHot(string source) => Array.Exists(["while", "for", "proc"], source.Contains);
}
