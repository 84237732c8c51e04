using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Generate.Folds;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Passes.Folds;
using Lyra.Tests.Harness;
using Lyra.Tests.Jit.Filetests;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>
/// Tests each line of the rules of folding on its own text. For all edge values of its constants, and for many values of its other inputs,
/// folding keeps the meaning of the pattern. For some of the constants, it gives the result of the line.
/// </summary>
public sealed partial class FoldLineTests
{
    /// <summary>How many combinations of inputs are compared for each combination of constants.</summary>
    private const int Inputs = 16;

    private static readonly FoldLine[] Lines = FoldLine.Parse(File.ReadAllText(Repository.PathOf(FoldLine.Path.Split('/'))));

    public static TheoryData<string, string> Rules =>
        [.. from line in Lines from op in line.Pattern.Ops select new TheoryDataRow<string, string>(line.Name, op)];

    [Fact]
    public void Names_are_unique() => Lines.Select(line => line.Name).ShouldBeUnique();

    [Fact]
    public void The_compiler_has_the_names_in_the_order_of_the_file() => FoldRules.LineNames.ShouldBe(Lines.Select(line => line.Name));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_applies_and_keeps_the_meaning(string name, string op)
    {
        FoldLine line = Lines.Single(line => line.Name == name);
        IrType type = IrOpInfo.Of(Enum.Parse<IrOp>(op)).Result;
        FoldRowPatterns patterns = new(line, op);
        (int applied, int compared) = (0, 0);
        foreach (string[] nodes in patterns.All())
        {
            string end = type == IrType.None ? "; ConstNil" : string.Empty;
            string before = string.Join("; ", nodes) + end;
            string after = string.Join("; ", nodes[..^1].Concat(patterns.Result(type))) + end;
            applied += Applies(line, before, after) ? 1 : 0;
            compared += MeaningCheck.CompareOnEdgeValues(FoldRows.Text(before), Inputs, new Folding());
        }

        applied.ShouldBePositive("no constants give the result");
        (compared > 0 || line.Result.Text == "exit").ShouldBeTrue("no edge values give a result");
    }

    private static bool Applies(FoldLine line, string before, string after)
    {
        IrGraph graph = FoldRows.Graph(before);
        bool changed = new Folding().Run(graph);
        IrVerifier.Verify(graph).ShouldBeEmpty();
        return line.Result.Text == "exit"
            ? graph.Entry is { End: IrEnd.Exit, Exit.Id: 0 }
            : changed && Comparable(line, graph) == Comparable(line, FoldRows.Graph(after));
    }

    /// <summary>The text of a folded graph, without the values of constants if C# computes them.</summary>
    private static string Comparable(FoldLine line, IrGraph graph)
    {
        new Folding().Run(graph);
        new DeadCode().Run(graph);
        string text = FoldRows.Renumbered(graph);
        return FoldRowPatterns.IsComputed(line.Result) ? Constant().Replace(text, "<$1>") : text;
    }

    [GeneratedRegex("<(Const[A-Za-z]+) [^>]*>")]
    private static partial Regex Constant();
}
