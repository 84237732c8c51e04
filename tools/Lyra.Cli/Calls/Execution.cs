using Lyra.Cli.CommandLine;
using Lyra.Cli.Output;

namespace Lyra.Cli.Calls;

/// <summary>What the calls that run code share: running a source and reporting how it ended.</summary>
internal static class Execution
{
    /// <summary>Runs a source; gives the exit code and the value of the last expression.</summary>
    public static int Run(LyraEngine engine, string source, string file, RunSettings settings, StandardStreams streams, out LyraValue result)
    {
        result = default;
        try
        {
            result = engine.Run(source, file);
            return ExitCodes.Done;
        }
        catch (LyraCompileException e)
        {
            ErrorReport.WriteDiagnostics(streams.Error, e.Diagnostics, source);
            return ExitCodes.BadSource;
        }
        catch (LyraExitException e)
        {
            return e.ExitCode;
        }
        catch (LyraException e)
        {
            ErrorReport.WriteUncaught(streams.Error, e);
            return ExitCodes.ScriptError;
        }
        finally
        {
            if (settings.ShowStatistics)
            {
                StatisticsReport.Write(engine.Statistics, streams);
            }
        }
    }
}
