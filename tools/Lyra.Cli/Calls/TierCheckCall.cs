using System;
using System.IO;
using Lyra.Cli.CommandLine;
using Lyra.Cli.Output;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Calls;

/// <summary>
/// <c>lyra tiercheck</c>: runs a program in the interpreter, compiled, and with guards failing in turn, and reports in what the runs differ. What the
/// program prints is compared and dropped: standard output is the report's.
/// </summary>
internal static class TierCheckCall
{
    public static int Execute(RunRequest request, StandardStreams streams)
    {
        RunSettings settings = request.Settings;
        RefuseMeaningless(settings);
        string source = SourceFile.Read(request.File);
        LyraOptions engine = settings.ToOptions(Path.GetDirectoryName(request.File) ?? string.Empty, request.ScriptArguments, streams);
        TierCheckOptions options = settings.TierCheck.ToOptions(engine, settings);
        try
        {
            TierCheckResult result = RunProgress.Show(
                streams, "runs", progress => TierCheck.Run(source, request.File, options with { Progress = progress }));
            Show(TierCheckReport.Of(result), streams);
            return ExitCodeOf(result.Verdict);
        }
        catch (LyraCompileException e)
        {
            ErrorReport.WriteDiagnostics(streams.Error, e.Diagnostics, source);
            return ExitCodes.BadSource;
        }
        catch (LyraException e)
        {
            ErrorReport.WriteUncaught(streams.Error, e);
            return ExitCodes.ScriptError;
        }
    }

    /// <summary>A program that is not deterministic is one that can't be checked, as source that can't be compiled is one that can't be run.</summary>
    private static int ExitCodeOf(TierVerdict verdict) => verdict switch
    {
        TierVerdict.Agree => ExitCodes.Done,
        TierVerdict.Differ => ExitCodes.CheckFailed,
        _ => ExitCodes.BadSource,
    };

    private static void RefuseMeaningless(RunSettings settings)
    {
        if (settings.Jit is not null)
        {
            throw new UsageException("lyra tiercheck runs the program in both tiers; leave --jit out");
        }

        if (settings.ShowStatistics)
        {
            throw new UsageException("lyra tiercheck runs the program many times and has no statistics of one run; leave --stats out");
        }
    }

    private static void Show(Report report, StandardStreams streams)
    {
        if (StandardStreams.IsOutputTerminal)
        {
            new TerminalReportWriter(streams.Output).Write(report);
            return;
        }

        new PlainReportWriter(streams.Output).Write(report);
    }
}
