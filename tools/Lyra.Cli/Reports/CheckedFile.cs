using System.Collections.Generic;
using System.Linq;
using Lyra.Analysis;

namespace Lyra.Cli.Reports;

/// <summary>A file and the reports about it.</summary>
internal sealed record CheckedFile(string Name, string Source, IReadOnlyList<Finding> Reports)
{
    public bool HasErrors => Reports.Any(static report => report.Severity == DiagnosticSeverity.Error);
}
