using System;
using System.IO;

namespace Lyra.Bench.Suite.Running;

/// <summary>How to start the command <c>lyra</c> in a new process.</summary>
/// <param name="File">The file to execute.</param>
/// <param name="Arguments">The arguments before those of the command.</param>
internal sealed record CommandStart(string File, string[] Arguments)
{
    /// <summary>A command by its file: an executable, or an assembly that <c>dotnet</c> starts.</summary>
    public static CommandStart Of(string file) => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        ? new CommandStart("dotnet", [file])
        : new CommandStart(file, []);

    /// <summary>The command that is running: the file itself, or <c>dotnet</c> with the file.</summary>
    public static CommandStart OfThisProcess(string assembly)
    {
        string process = Environment.ProcessPath ?? "dotnet";
        bool isHost = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost
            ? new CommandStart(process, [Path.Combine(AppContext.BaseDirectory, assembly + ".dll")])
            : new CommandStart(process, []);
    }
}
