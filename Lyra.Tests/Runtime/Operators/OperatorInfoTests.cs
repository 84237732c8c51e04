using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Runtime.Operators;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Operators;

public sealed class OperatorInfoTests
{
    [Fact]
    public void Table_counts_all_binary_operators() =>
        Enum.GetValues<BinaryOperator>().Select(o => (int)o).ShouldBe(Enumerable.Range(0, OperatorInfo.BinaryCount));

    [Fact]
    public void No_two_operators_share_a_method_of_CSharp() =>
        Enum.GetValues<BinaryOperator>().Select(o => OperatorInfo.Of(o).Method).Append(OperatorInfo.Of(UnaryOperator.Negate).Method)
            .Where(method => method is not null).ShouldBeUnique();

    [Fact]
    public void Documentation_lists_the_operators_in_the_order_of_precedence()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("docs", "language.md"));
        int heading = Array.IndexOf(lines, "## 4. Operators, loosest first");
        heading.ShouldBeGreaterThanOrEqualTo(0);
        string list = string.Join(' ', lines.Skip(heading + 2).TakeWhile(line => line.Length > 0));
        string[][] groups = [.. list.Split('·').Select(Spellings)];
        List<(Precedence Precedence, int Group)> placed =
        [
            .. Enum.GetValues<BinaryOperator>().Select(o => OperatorInfo.Of(o))
                .Concat(Enum.GetValues<LogicalOperator>().Select(o => OperatorInfo.Of(o)))
                .Select(row => (row.Precedence, Array.FindIndex(groups, group => group.Contains(row.Text)))),
            .. Enum.GetValues<UnaryOperator>().Select(o => OperatorInfo.Of(o))
                .Select(row => (row.Precedence, Array.FindLastIndex(groups, group => group.Contains(row.Text)))),
        ];

        placed.ShouldAllBe(place => place.Group >= 0);
        foreach ((Precedence precedence, int group) in placed)
        {
            placed.ShouldAllBe(other => other.Precedence.CompareTo(precedence) == other.Group.CompareTo(group));
        }
    }

    /// <summary>The operators between backquotes, and each of several in one pair of them.</summary>
    private static string[] Spellings(string group)
    {
        IEnumerable<string> quoted = group.Split('`').Where((_, i) => i % 2 == 1);
        return [.. quoted.SelectMany(text => text.Split(' ').Append(text))];
    }
}
