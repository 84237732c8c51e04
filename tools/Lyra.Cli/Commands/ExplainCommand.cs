using System;
using System.IO;
using System.Linq;
using Lyra.Analysis.Explanations;
using Lyra.Cli.Files;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra explain</c>: the page of a report, or the list of all codes.</summary>
internal static class ExplainCommand
{
    public static int Execute(string? code, StandardStreams streams)
    {
        if (code is null)
        {
            foreach (Explanation page in ExplanationTable.All)
            {
                streams.Output.WriteLine($"{page.Code}  {page.Title}");
            }

            return ExitCodes.Done;
        }

        Explanation found = ExplanationTable.Find(code.ToUpperInvariant())
            ?? throw new UsageException($"there is no report with the code '{code}'; lyra explain lists all codes");
        Write(found, streams.Output);
        return ExitCodes.Done;
    }

    private static void Write(Explanation page, TextWriter output)
    {
        output.WriteLine($"{page.Code} ({page.Severity.ToString().ToLowerInvariant()}): {page.Title}");
        output.WriteLine();
        output.WriteLine(page.What);
        if (page.Example is null)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("Reported:");
        WriteSource(page.Example, output);
        output.WriteLine();
        output.WriteLine("Mended:");
        WriteSource(page.Mended!, output);
    }

    private static void WriteSource(string source, TextWriter output)
    {
        foreach (string line in source.Split('\n'))
        {
            output.WriteLine($"    {line}".TrimEnd());
        }
    }
}
