using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis.CSharp;

namespace Lyra.Generate.Metrics;

/// <summary>The figures of the source as markdown: the largest types, the lengths of methods, the cycles between folders.</summary>
internal static class MetricsReport
{
    private const int LargestShown = 10;
    private const int TypesShown = 4;

    /// <param name="repository">What is measured.</param>
    /// <param name="showReferences">Whether to list the references that make up each cycle.</param>
    public static string Of(SourceRepository repository, bool showReferences)
    {
        SourceProject[] projects = SourceProject.ReadAll(repository);
        StringBuilder text = new(SizesOf(projects));
        WriteCycles(text, projects, showReferences);
        return text.ToString();
    }

    /// <summary>The part about types and methods.</summary>
    public static string SizesOf(SourceProject[] projects)
    {
        StringBuilder text = new();
        WriteTypes(text, projects);
        WriteMethods(text, projects);
        return text.ToString();
    }

    /// <summary>The cycles of each project, with the references that form them.</summary>
    /// <param name="projects">The projects, each after those that it references.</param>
    public static IEnumerable<(SourceProject Project, string[] Cycle, FolderReference[] References)> Cycles(
        IEnumerable<SourceProject> projects)
    {
        List<CSharpCompilation> bound = [];
        foreach (SourceProject project in projects)
        {
            bound.Add(project.Compile(bound));
            IReadOnlyList<FolderReference> references = FolderCycles.References(bound[^1]);
            foreach (string[] cycle in FolderCycles.Of(references))
            {
                yield return (project, cycle, [.. references.Where(edge => cycle.Contains(edge.From) && cycle.Contains(edge.To))]);
            }
        }
    }

    /// <summary>The least value that a share of all values does not exceed. The values are in ascending order.</summary>
    internal static int Percentile(int[] values, double share) =>
        values.Length == 0 ? 0 : values[Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1)];

    private static void WriteTypes(StringBuilder text, SourceProject[] projects)
    {
        Line(text, "| largest types, partial files summed | lines | files |");
        Line(text, "| --- | --- | --- |");
        foreach (TypeSize size in projects.SelectMany(SourceSizes.Types).OrderByDescending(size => size.Lines).Take(LargestShown))
        {
            Line(text, $"| {size.Name} | {size.Lines:N0} | {size.Files} |");
        }

        Line(text, string.Empty);
        Line(text, $"Generated files and {string.Join(", ", SourceSizes.Exempt.Select(file => $"`{file}`"))} do not count.");
        Line(text, string.Empty);
    }

    private static void WriteMethods(StringBuilder text, SourceProject[] projects)
    {
        Line(text, "| lines of a method | methods | p50 | p90 | p99 | longest |");
        Line(text, "| --- | --- | --- | --- | --- | --- |");
        foreach (SourceProject project in projects)
        {
            MethodSize[] methods = [.. SourceSizes.Methods(project).OrderBy(method => method.Lines)];
            int[] lines = [.. methods.Select(method => method.Lines)];
            string longest = methods.Length == 0 ? "-" : $"{methods[^1].Lines} ({methods[^1].Name})";
            string percentiles = string.Join(" | ", Array.ConvertAll([0.5, 0.9, 0.99], (double share) => Percentile(lines, share)));
            Line(text, $"| {project.Name} | {lines.Length:N0} | {percentiles} | {longest} |");
        }

        Line(text, string.Empty);
    }

    private static void WriteCycles(StringBuilder text, SourceProject[] projects, bool showReferences)
    {
        Line(text, "Folders that refer to each other in a cycle:");
        Line(text, string.Empty);
        bool isClean = true;
        foreach ((SourceProject project, string[] cycle, FolderReference[] references) in Cycles(projects))
        {
            isClean = false;
            Line(text, $"- {project.Name}: {string.Join(", ", cycle)} ({references.Sum(edge => edge.Count):N0} references)");
            WriteReferences(text, showReferences ? references : []);
        }

        if (isClean)
        {
            Line(text, "- none");
        }
    }

    private static void WriteReferences(StringBuilder text, FolderReference[] references)
    {
        foreach (FolderReference edge in references)
        {
            string types = string.Join(", ", edge.Types.Take(TypesShown)) + (edge.Types.Count > TypesShown ? ", …" : string.Empty);
            Line(text, $"  - {edge.From} → {edge.To}: {edge.Count} ({types})");
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
