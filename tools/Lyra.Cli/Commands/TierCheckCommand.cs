using System;
using System.IO;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra tiercheck</c>: runs a program interpreted, compiled, and with failing guards, and reports the differences between the runs. The
/// program's output is compared, not printed; standard output shows the report.
/// </summary>
internal static class TierCheckCommand
{
    public static int Execute(RunRequest request, StandardStreams streams)
    {
        TierCheckOptions options = OptionsFor(request, "tiercheck", streams);
        return OnProgram(request, streams, source =>
        {
            TierCheckResult result = RunProgress.Show<TierCheckProgress, TierCheckResult>(
                streams,
                "runs",
                static state => (state.Runs, state.Total),
                progress => TierCheck.Run(source, request.File, options with { Progress = progress }));
            Show(TierCheckReport.Of(result), streams);
            return ExitCodeOf(result.Verdict);
        });
    }

    /// <summary>The options of a check for a command.</summary>
    /// <exception cref="UsageException">An option has no meaning if the program runs many times.</exception>
    internal static TierCheckOptions OptionsFor(RunRequest request, string command, StandardStreams streams)
    {
        RunSettings settings = request.Settings;
        if (settings.Jit is not null)
        {
            throw new UsageException($"lyra {command} runs the program in both tiers; remove --jit");
        }

        if (settings.ShowStatistics)
        {
            throw new UsageException($"lyra {command} runs the program many times and has no statistics of one run; remove --stats");
        }

        LyraOptions engine = settings.ToOptions(Path.GetDirectoryName(request.File) ?? string.Empty, request.ScriptArguments, streams);
        return settings.TierCheck.ToOptions(engine, settings);
    }

    /// <summary>Checks the source of a program, and reports errors if the program can't be run.</summary>
    internal static int OnProgram(RunRequest request, StandardStreams streams, Func<string, int> check)
    {
        string source = SourceFile.Read(request.File);
        try
        {
            return check(source);
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

    /// <summary>A program that is not deterministic can't be checked, so it is bad source.</summary>
    private static int ExitCodeOf(TierVerdict verdict) => verdict switch
    {
        TierVerdict.Agree => ExitCodes.Done,
        TierVerdict.Differ => ExitCodes.CheckFailed,
        _ => ExitCodes.BadSource,
    };

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
