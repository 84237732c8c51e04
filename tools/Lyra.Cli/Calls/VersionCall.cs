using System.Reflection;
using Lyra.Cli.Output;

namespace Lyra.Cli.Calls;

/// <summary><c>lyra version</c>.</summary>
internal static class VersionCall
{
    public static int Execute(StandardStreams streams)
    {
        string version = typeof(VersionCall).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        streams.Output.WriteLine($"lyra {version.Split('+')[0]}");
        return ExitCodes.Done;
    }
}
