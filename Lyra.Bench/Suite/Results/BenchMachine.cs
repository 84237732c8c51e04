using System;
using System.IO;
using System.Linq;
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

    public static BenchMachine Current() => new(
        Environment.MachineName,
        ProcessorModel(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

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
