using System.Collections.Generic;
using System.IO;
using Lyra.Analysis.Modules;
using Lyra.Analysis.Reports;
using Lyra.Cli.Files;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra check</c>: compiles files, infers types in them, and prints what is wrong.</summary>
internal static class CheckCommand
{
    public static int Execute(string[] files, StandardStreams streams)
    {
        int code = ExitCodes.Done;
        foreach (string file in files)
        {
            string source = SourceFile.Read(file);
            string folder = Path.GetDirectoryName(file) ?? string.Empty;
            ProjectSettings settings = ProjectSettings.Find(folder);
            Project project = new(settings, settings.Root ?? folder);
            IReadOnlyList<Report> reports = project.Check(source, file);
            ErrorReport.WriteReports(streams.Error, reports, source);
            foreach (Report report in reports)
            {
                code = report.Severity == DiagnosticSeverity.Error ? ExitCodes.BadSource : code;
            }
        }

        return code;
    }
}
