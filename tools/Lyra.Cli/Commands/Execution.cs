using Lyra.Cli.Options;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary>Runs source text and reports its errors, for every command that runs code.</summary>
internal static class Execution
{
    /// <summary>Runs source text. Returns the exit code and the value of the last expression.</summary>
    public static int Run(
        LyraEngine engine, string source, string file, RunSettings settings, StandardStreams streams, out LyraValue result)
    {
        result = default;
        engine.Runs.OnWarnings = warnings => ErrorReport.WriteDiagnostics(streams.Error, warnings, source);
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
                StatisticsReport.Write(engine, streams.Error, StandardStreams.IsErrorTerminal);
            }
        }
    }
}
