using Lyra.Cli.CommandLine;
using Lyra.Cli.Output;
using Lyra.Interpreter.Hosting.TierChecks;

namespace Lyra.Cli.Calls;

/// <summary>
/// <c>lyra bisect</c>: finds the compilation and the pass that make a program do something else compiled. What the program prints is compared and dropped:
/// standard output is the finding's.
/// </summary>
internal static class BisectCall
{
    public static int Execute(RunRequest request, StandardStreams streams)
    {
        TierCheckOptions options = TierCheckCall.OptionsFor(request, "bisect", streams);
        return TierCheckCall.OnProgram(request, streams, source =>
        {
            BisectionResult result = new TierBisection(LyraScript.Compile(source, request.File), options, default).Run();
            streams.Output.WriteLine($"{request.File}: {result}");
            return result.Difference is null ? ExitCodes.Done : result.Guilty > 0 ? ExitCodes.CheckFailed : ExitCodes.BadSource;
        });
    }
}
