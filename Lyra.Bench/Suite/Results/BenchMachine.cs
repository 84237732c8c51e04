using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Lyra.Bench.Suite.Results;

/// <summary>Where the times are from.</summary>
/// <param name="Name">The name of the machine.</param>
/// <param name="Processor">The model of its processor.</param>
/// <param name="Cores">The processors that the command may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The version of .NET.</param>
internal sealed record BenchMachine(string Name, string Processor, int Cores, string System, string Runtime)
{
    private const string ProcessorInfo = "/proc/cpuinfo";
    private const string LoadInfo = "/proc/loadavg";
    private const int ShownCommit = 8;

    /// <summary>The load average of the last minute before the measurement; null where the system does not tell it.</summary>
    public double? Load { get; init; }

    /// <summary>The commit that Lyra was built from; empty if the build does not know it.</summary>
    public string Commit { get; init; } = string.Empty;

    public static BenchMachine Current() => new(
        Environment.MachineName,
        ProcessorModel(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription)
    {
        Load = CurrentLoad(),
        Commit = BuiltCommit(),
    };

    private static double? CurrentLoad() => File.Exists(LoadInfo)
        ? double.Parse(File.ReadAllText(LoadInfo).Split(' ')[0], CultureInfo.InvariantCulture)
        : null;

    /// <summary>The SDK adds the commit to the version: <c>1.0.0+3c81026e…</c>.</summary>
    private static string BuiltCommit()
    {
        string version = typeof(LyraEngine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? string.Empty;
        string commit = version[(version.IndexOf('+', StringComparison.Ordinal) + 1)..];
        return commit.Length == version.Length ? string.Empty : commit[..Math.Min(ShownCommit, commit.Length)];
    }

    private static string ProcessorModel()
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString();
        if (!File.Exists(ProcessorInfo))
        {
            return architecture;
        }

        string? line = File.ReadLines(ProcessorInfo).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? architecture : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
