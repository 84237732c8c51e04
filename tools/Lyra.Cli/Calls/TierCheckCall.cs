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
        TierCheckOptions options = OptionsFor(request, "tiercheck", streams);
        return OnProgram(request, streams, source =>
        {
            TierCheckResult result = RunProgress.Show(
                streams, "runs", progress => TierCheck.Run(source, request.File, options with { Progress = progress }));
            Show(TierCheckReport.Of(result), streams);
            return ExitCodeOf(result.Verdict);
        });
    }

    /// <summary>The options of a check that a call makes.</summary>
    /// <exception cref="UsageException">Options that mean nothing where a program runs many times.</exception>
    internal static TierCheckOptions OptionsFor(RunRequest request, string call, StandardStreams streams)
    {
        RunSettings settings = request.Settings;
        if (settings.Jit is not null)
        {
            throw new UsageException($"lyra {call} runs the program in both tiers; leave --jit out");
        }

        if (settings.ShowStatistics)
        {
            throw new UsageException($"lyra {call} runs the program many times and has no statistics of one run; leave --stats out");
        }

        LyraOptions engine = settings.ToOptions(Path.GetDirectoryName(request.File) ?? string.Empty, request.ScriptArguments, streams);
        return settings.TierCheck.ToOptions(engine, settings);
    }

    /// <summary>Does something with a program's source, and reports where the program can't be run.</summary>
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

    /// <summary>A program that is not deterministic is one that can't be checked, as source that can't be compiled is one that can't be run.</summary>
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
