using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Filetests;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>
/// docs/jit-passes.md has a section for each pass, in the order of their first runs, and its examples are true: the pass transforms the
/// first graph into the second, which behaves the same on edge values. <c>LYRA_BLESS=1</c> updates the second graphs.
/// </summary>
public sealed partial class PassDocumentationTests
{
    private static readonly string Document = Repository.PathOf("docs", "jit-passes.md");

    private static IEnumerable<IIrPass> Passes => PassList.All.DistinctBy(pass => pass.Name);

    [Fact]
    public void Every_pass_has_its_section_in_order() =>
        PassSection().Matches(File.ReadAllText(Document)).Select(section => section.Groups["name"].Value)
            .ShouldBe(Passes.Select(pass => pass.Name));

    [Fact]
    public void Every_example_is_the_output_of_its_pass()
    {
        string text = File.ReadAllText(Document);
        foreach (IIrPass pass in Passes)
        {
            text = WithExample(text, pass);
        }

        Bless.Compare(text, Document);
    }

    private static string WithExample(string text, IIrPass pass)
    {
        Match section = PassSection().Matches(text).Single(match => match.Groups["name"].Value == pass.Name);
        MatchCollection blocks = CodeBlock().Matches(section.Value);
        blocks.Count.ShouldBe(2, $"the section of {pass.Name} has a graph before and one after");
        IrGraph graph = IrTexts.ParseValid(blocks[0].Groups["code"].Value);
        pass.Run(graph).ShouldBeTrue($"{pass.Name} does nothing to its example");
        IrVerifier.Verify(graph).ShouldBeEmpty(pass.Name);
        MeaningCheck.CompareOnEdgeValues(blocks[0].Groups["code"].Value, pass).ShouldBeGreaterThan(0, pass.Name);
        int start = section.Index + blocks[1].Groups["code"].Index;
        return text[..start] + IrTexts.Print(graph) + text[(start + blocks[1].Groups["code"].Length)..];
    }

    [GeneratedRegex(@"^## (?<name>[a-z-]+)\n(?:(?!^## ).*\n?)*", RegexOptions.Multiline)]
    private static partial Regex PassSection();

    [GeneratedRegex(@"^```\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
