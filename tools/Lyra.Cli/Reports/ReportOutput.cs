using System.IO;

namespace Lyra.Cli.Reports;

/// <summary>Writes reports in the form that fits where they go.</summary>
internal static class ReportOutput
{
    public static void Write(Report report, TextWriter output, bool isTerminal)
    {
        if (isTerminal)
        {
            new TerminalReportWriter(output).Write(report);
        }
        else
        {
            new PlainReportWriter(output).Write(report);
        }
    }
}
