using System.Collections.Generic;
using System.Linq;
using Lyra.Analysis;

namespace Lyra.Tests.Tools.Analysis;

/// <summary>Checks sources without files.</summary>
internal static class AnalysisTester
{
    public static IReadOnlyList<Finding> Check(string source, ProjectSettings? settings = null) =>
        new Project(settings ?? new ProjectSettings(), "/nowhere").Check(source, "main.lyra");

    /// <summary>The reports as <c>line:column code</c>.</summary>
    public static string[] Places(string source) =>
        [.. Check(source).Select(static report => $"{report.Diagnostic.Line}:{report.Diagnostic.Column} {report.Code}")];

    /// <summary>The reports as the command prints them, without the file's name.</summary>
    public static string[] Lines(string source) =>
        [.. Check(source).Select(static report => report.Diagnostic.ToString()["main.lyra:".Length..])];
}
