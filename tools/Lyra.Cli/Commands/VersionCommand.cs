using System.Reflection;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra version</c>.</summary>
internal static class VersionCommand
{
    public static int Execute(StandardStreams streams)
    {
        Assembly assembly = typeof(VersionCommand).Assembly;
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        streams.Output.WriteLine($"lyra {version.Split('+')[0]}");
        return ExitCodes.Done;
    }
}
