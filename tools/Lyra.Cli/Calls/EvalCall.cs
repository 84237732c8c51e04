using Lyra.Cli.CommandLine;
using Lyra.Cli.Output;

namespace Lyra.Cli.Calls;

/// <summary>
/// <c>lyra eval</c>: runs a piece of source in the current folder and prints the value of its last expression in literal form, as a prompt does; nil is
/// not printed.
/// </summary>
internal static class EvalCall
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
