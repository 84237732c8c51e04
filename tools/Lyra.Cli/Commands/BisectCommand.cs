using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Verification;
using Lyra.Interpreter.Hosting.TierChecks;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra bisect</c>: finds the compilation and the pass that change a program's behaviour. The program's output is compared, not printed;
/// standard output shows the result.
/// </summary>
internal static class BisectCommand
{
    public static int Execute(RunRequest request, StandardStreams streams)
    {
        TierCheckOptions options = TierCheckCommand.OptionsFor(request, "bisect", streams);
        return TierCheckCommand.OnProgram(request, streams, source =>
        {
            BisectionResult result = new TierBisection(
                LyraScript.Compile(source, request.File, moduleLoader: options.Engine.ModuleLoader), options, default).Run();
            streams.Output.WriteLine($"{request.File}: {result}");
            return result.Difference is null ? ExitCodes.Done : result.Guilty > 0 ? ExitCodes.CheckFailed : ExitCodes.BadSource;
        });
    }
}
