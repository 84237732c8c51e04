using System.IO;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Reports;
using Lyra.Jit.Inspection;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra trace</c>: runs a program like <c>run</c>, then shows what was compiled and why. The report follows the program's output, or is
/// a page of its own with <c>--html</c>.
/// </summary>
internal static class TraceCommand
{
    public static int Execute(RunRequest request, StandardStreams streams)
    {
        RunSettings settings = request.Settings;
        string source = SourceFile.Read(request.File);
        string folder = Path.GetDirectoryName(request.File) ?? string.Empty;
        LyraOptions options = settings.ToOptions(folder, request.ScriptArguments, streams);
        if (options.Jit == JitMode.Off)
        {
            throw new UsageException("lyra trace shows compiled code, and --jit off compiles nothing; remove --jit");
        }

        if (settings.Trace.HtmlFile is { } page)
        {
            OutputFile.Require(page);
        }

        using LyraEngine engine = new(options);
        RegionInspector inspector = new();
        engine.Compiler.Inspect(inspector);
        int code = Execution.Run(engine, source, request.File, settings, streams, out _);
        if (code != ExitCodes.BadSource || inspector.Places.Count > 0)
        {
            Show(TraceReport.Of(request.File, inspector, engine.Statistics.Jit.Steps, settings.Trace), settings.Trace, streams);
        }

        return code;
    }

    private static void Show(Report report, TraceSettings settings, StandardStreams streams)
    {
        if (settings.HtmlFile is { } file)
        {
            OutputFile.Write(file, page => HtmlReportWriter.Write(report, page));
            streams.Error.WriteLine($"lyra: the trace is in {file}");
            return;
        }

        streams.Output.WriteLine();
        ReportOutput.Write(report, streams.Output, StandardStreams.IsOutputTerminal);
    }
}
