using System.Reflection;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>The name and the version.</summary>
    public static string Text
    {
        get
        {
            Assembly assembly = typeof(VersionCommand).Assembly;
            string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
            return $"lyra {version.Split('+')[0]}";
        }
    }

    public static int Execute(StandardStreams streams)
    {
        streams.Output.WriteLine(Text);
        return ExitCodes.Done;
    }
}
