using System;
using System.Linq;
using System.Text;
using Lyra.Analysis;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Analysis;

/// <summary>Sources at the limits of nesting and of size are analyzed to their end.</summary>
public sealed class DepthTests
{
    private const int Depth = 1_200;

    public static TheoryData<string, string> Nested() => new()
    {
        { "blocks", "proc f(x) {\n" + Repeat("if x {\n") + "\"a\".nope()\n" + Repeat("}\n") + "}" },
        { "loops", "proc f(x) {\nvar n = 0\n" + Repeat("for i in x {\nn += i\n") + "\"a\".nope(n)\n" + Repeat("}\n") + "}" },
        { "parentheses", "print(" + Repeat("(") + "\"a\".nope" + Repeat(")") + ")" },
        { "lambdas", "let f = " + Repeat("x => ") + "\"a\".nope" },
        { "calls", "print(\"a\"" + Repeat(".upper()") + ".nope)" },
        { "lists", "print(" + Repeat("[") + "\"a\".nope" + Repeat("]") + ")" },
        { "values", "print(" + Repeat("if true { ") + "\"a\".nope" + Repeat(" } else { 2 }") + ")" },
        { "tries", Repeat("try { ") + "\"a\".nope()" + Repeat(" } finally { }") },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void A_fault_in_the_innermost_level_is_found(string name, string source) =>
        AnalysisTester.Check(source).Select(static report => report.Code).ShouldContain(ReportRules.UnknownMember.Code, name);

    [Fact]
    public void Long_rows_of_statements_conditions_and_procs_are_analyzed()
    {
        StringBuilder source = new("proc p0(x) { return x + 1 }\n");
        for (int i = 1; i < 5_000; i++)
        {
            source.Append("proc p").Append(i).Append("(x) { return p").Append(i - 1).Append("(x) }\n");
        }

        source.Append("proc f(x) {\nif x == 0 { return 0 }\n");
        for (int i = 1; i < 5_000; i++)
        {
            source.Append("else if x == ").Append(i).Append(" { return ").Append(i).Append(" }\n");
        }

        source.Append("}\nprint(\"a\".nope, p4999(1), f(2))\n");
        AnalysisTester.Check(source.ToString()).Select(static report => report.Code).ShouldBe([ReportRules.UnknownMember.Code]);
    }

    private static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, Depth));
}
