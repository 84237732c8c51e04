using Lyra.Cli.Options;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra eval</c>: runs source text in the current folder and prints the value of its last expression as a literal. It does not print
/// nil.
/// </summary>
internal static class EvalCommand
{
    private const string FileName = "<eval>";

    public static int Execute(RunSettings settings, string source, StandardStreams streams)
    {
        using LyraEngine engine = new(settings.ToOptions(string.Empty, [], streams));
        int code = Execution.Run(engine, source, FileName, settings, streams, out LyraValue result);
        if (code == ExitCodes.Done && !result.IsNil)
        {
            streams.Output.WriteLine(result.ToString());
        }

        return code;
    }
}
