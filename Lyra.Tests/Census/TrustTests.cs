using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The tests that docs/trust.md names for each promise exist.</summary>
public sealed partial class TrustTests
{
    private const string Heading = "## Each promise and the test that can break it";

    [Fact]
    public void Every_named_test_exists() => Rows().SelectMany(row => Test().Matches(row[1]).Select(match => match.Groups[1].Value))
        .Where(name => !IsTest(name)).ShouldBeEmpty();

    [Fact]
    public void Every_promise_has_a_test_or_says_that_it_has_none() => Rows()
        .Where(row => Test().IsMatch(row[1]) == row[1].StartsWith("no test", StringComparison.Ordinal))
        .Select(row => row[0])
        .ShouldBeEmpty();

    [Fact]
    public void A_test_is_a_method_with_the_attribute_of_one()
    {
        IsTest($"Census/{nameof(TrustTests)}.{nameof(Every_named_test_exists)}").ShouldBeTrue();
        IsTest($"Census/{nameof(TrustTests)}.{nameof(IsTest)}").ShouldBeFalse();
        IsTest($"Census/{nameof(TrustTests)}.Missing").ShouldBeFalse();
        IsTest($"Census/Missing.{nameof(Every_named_test_exists)}").ShouldBeFalse();
    }

    /// <summary>The cells of the rows of the table.</summary>
    private static List<string[]> Rows()
    {
        List<string[]> rows =
        [
            .. File.ReadLines(Repository.PathOf("docs", "trust.md"))
                .SkipWhile(line => line != Heading)
                .Skip(1)
                .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Skip(2)
                .Select(line => line.Trim('|', ' ').Split(" | ")),
        ];
        rows.Count.ShouldBeGreaterThan(20);
        rows.ShouldAllBe(row => row.Length == 3);
        return rows;
    }

    /// <summary>Whether a file of tests has a test method: <c>Folder/Class.Method</c>.</summary>
    private static bool IsTest(string name)
    {
        int point = name.LastIndexOf('.');
        string file = Repository.PathOf("Lyra.Tests", $"{name[..point]}.cs");
        return File.Exists(file) && CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
            .Any(method => method.Identifier.Text == name[(point + 1)..] && method.AttributeLists
                .SelectMany(list => list.Attributes)
                .Any(attribute => attribute.Name.ToString() is "Fact" or "Theory"));
    }

    [GeneratedRegex("`((?:[A-Za-z]+/)+[A-Za-z]+\\.[A-Za-z0-9_]+)`")]
    private static partial Regex Test();
}
