using System.IO;
using Lyra.Bench.Suite.Baseline;

namespace Lyra.Tests.Command.Bench;

/// <summary>The run of a program on the stack baseline.</summary>
internal sealed record BaselineOutput(string Out, string Err, int Code)
{
    public static BaselineOutput Of(string source, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter errors = new() { NewLine = "\n" };
        int code = BaselineRun.Run(source, "a.lyra", arguments, output, errors);
        return new BaselineOutput(output.ToString(), errors.ToString(), code);
    }
}
