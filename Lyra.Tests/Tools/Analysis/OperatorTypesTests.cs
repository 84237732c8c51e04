using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Analysis;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Analysis;

/// <summary>What the analysis says of operators is what the runtime does, for each pair of kinds.</summary>
public sealed class OperatorTypesTests
{
    private const string Declarations = "struct P { x: int }\nproc items() { yield 1 }\nenum Suit { Clubs, Hearts }\n";

    private static readonly string[] Values =
    [
        "nil", "true", "2", "1.5", "\"a\"", "[1]", "{\"a\": 1}", "set([1])", "(1,)", "(0..2)", "bytes(1)", "(x => x)", "P",
        "P(1)", "error(\"e\")", "chan(0)", "items()", "Suit.Clubs", "Suit", "sleep(0)", "1.5d",
    ];

    public static TheoryData<string> Operators() =>
        ["+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", "<", "<=", ">", ">=", "in", "not in"];

    [Theory]
    [MemberData(nameof(Operators))]
    public void Reported_operators_are_those_that_throw(string name)
    {
        (string Left, string Right)[] pairs = [.. Values.SelectMany(_ => Values, static (left, right) => (left, right))];
        string[] expressions = [.. pairs.Select(pair => $"{pair.Left} {name} {pair.Right}")];
        HashSet<int> reported = ReportedLines(expressions, ReportRules.FailingOperator.Code);
        string[] wrong =
        [
            .. Kinds(expressions).Select((kind, i) => (Text: expressions[i], Throws: kind == "TypeError", IsReported: reported.Contains(i)))
                .Where(row => row.Throws != row.IsReported && !(row.Throws && IsUnknown(row.Text)))
                .Select(row => $"{row.Text}: {(row.Throws ? "throws" : "does not throw")}"),
        ];

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Reported_signs_are_those_that_throw()
    {
        string[] expressions = [.. Values.SelectMany(static value => new[] { $"-({value})", $"~({value})" })];
        HashSet<int> reported = ReportedLines(expressions, ReportRules.FailingSign.Code);
        reported.ShouldNotBeEmpty();
        string[] kinds = Kinds(expressions);
        reported.Where(line => kinds[line] != "TypeError").Select(line => expressions[line]).ShouldBeEmpty();
    }

    /// <summary>Values of kinds that are said never to be equal are not.</summary>
    [Fact]
    public void Comparisons_reported_as_false_are_false()
    {
        string[] expressions = [.. Values.SelectMany(_ => Values, static (left, right) => $"{left} == {right}")];
        HashSet<int> reported = ReportedLines(expressions, ReportRules.NeverEqual.Code);
        reported.Count.ShouldBeGreaterThan(200);
        using LyraEngine engine = new();
        foreach (int line in reported)
        {
            engine.Run($"{Declarations}({expressions[line]})").ToString().ShouldBe("false", expressions[line]);
        }
    }

    /// <summary>Whether the analysis claims nothing: of a decimal, and of iterators as containers.</summary>
    private static bool IsUnknown(string expression) => expression.Contains("1.5d") || expression.EndsWith("in items()");

    private static HashSet<int> ReportedLines(string[] expressions, string code)
    {
        string source = Declarations + string.Join('\n', expressions.Select(static text => $"print({text})"));
        int first = Declarations.Count(static c => c == '\n') + 1;
        return [.. AnalysisTester.Check(source).Where(report => report.Code == code).Select(report => report.Diagnostic.Line - first)];
    }

    /// <summary>The kinds of the errors that expressions throw; "" for those that throw none.</summary>
    private static string[] Kinds(string[] expressions)
    {
        using LyraEngine engine = new();
        string list = string.Join(",\n", expressions.Select(static text => $"() => ({text})"));
        LyraValue kinds = engine.Run(
            $$"""
            {{Declarations}}
            var kinds = ""
            for f in [{{list}}] {
                try { f(); kinds += "\n" } catch e { kinds += e.kind + "\n" }
            }
            kinds
            """);
        return kinds.As<string>().Split('\n')[..^1];
    }
}
