using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Generate.Metrics;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// docs/architecture.md says which files an addition touches. The files that name its example are these, with the one that declares it.
/// </summary>
public sealed partial class AdditionTests
{
    private const string InterpreterOfTests = "Lyra.Tests/Jit/IrInterpreter.Operations.cs";

    private static readonly string[] Libraries = ["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"];

    public static TheoryData<string, string, string> Rows => [.. ReadRows()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_places_of_an_addition_are_those_that_the_page_lists(string addition, string examples, string places)
    {
        string[] samples = [.. Code().Matches(examples).Select(match => match.Groups[1].Value)];
        IEnumerable<string> actual = Files().Where(file => samples.Any(sample => Names(file.Text, sample))).Select(file => file.Path);
        Code().Matches(places).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)
            .ShouldBe(actual.Order(StringComparer.Ordinal), $"the places of {addition}");
    }

    /// <summary>Whether a file uses a member of an enum, or declares it; or contains another text.</summary>
    private static bool Names(string text, string sample)
    {
        if (sample.Split('.') is not [{ } type, { } member])
        {
            return text.Contains(sample, StringComparison.Ordinal);
        }

        return Regex.IsMatch(text, $@"\b{type}\.{member}\b")
            || (Regex.IsMatch(text, $@"\benum {type}\b") && Regex.IsMatch(text, $@"^\s+{member},", RegexOptions.Multiline));
    }

    private static IEnumerable<(string Path, string Text)> Files() =>
        Sources.Projects.Where(project => Libraries.Contains(project.Name))
            .SelectMany(project => project.Trees)
            .Where(tree => !SourceProject.IsGenerated(tree))
            .Select(tree => (tree.FilePath, tree.GetText().ToString()))
            .Append((InterpreterOfTests, File.ReadAllText(Repository.PathOf(InterpreterOfTests.Split('/')))));

    private static IEnumerable<TheoryDataRow<string, string, string>> ReadRows() =>
        MarkedPart.Read(File.ReadAllText(Repository.PathOf("docs", "architecture.md")), "additions").Split('\n')
            .Where(line => line.StartsWith("| a", StringComparison.Ordinal) && line.Contains('`'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new TheoryDataRow<string, string, string>(cells[1], cells[2], cells[3]));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
