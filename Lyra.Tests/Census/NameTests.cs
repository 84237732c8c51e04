using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Generate.Metrics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The names of types and members in the libraries use the field's words for what has one.</summary>
public sealed partial class NameTests
{
    /// <summary>Words that once stood for a term of the field, and that term.</summary>
    private static readonly Dictionary<string, string> Terms = new()
    {
        ["Leave"] = "exit",
        ["Leaves"] = "exit",
        ["Way"] = "predecessor",
        ["Room"] = "what there is room for: frames left, capacity",
        ["Brake"] = "throttle",
        ["Shelf"] = "free list",
        ["Spare"] = "free",
        ["Ledger"] = "accounting",
        ["Grain"] = "granularity",
        ["Meetings"] = "joins",
        ["Quiet"] = "what it lacks: effects, observers",
        ["Quietly"] = "what it lacks: effects, observers",
        ["Settle"] = "finish",
        ["Settled"] = "stable",
    };

    [Fact]
    public void Names_use_the_terms_of_the_field()
    {
        string[] found =
        [
            .. Sources.Projects.Take(3).SelectMany(project => project.Trees).Where(tree => !SourceProject.IsGenerated(tree))
                .SelectMany(tree => tree.GetRoot().DescendantNodes())
                .Select(NameOf)
                .OfType<string>()
                .Distinct()
                .SelectMany(name => Word().Matches(name).Select(match => (Name: name, Word: match.Value)))
                .Where(pair => Terms.ContainsKey(pair.Word))
                .Select(pair => $"{pair.Name}: {Terms[pair.Word]}"),
        ];
        found.ShouldBeEmpty();
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EnumMemberDeclarationSyntax member => member.Identifier.Text,
        VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field => Capitalized(field.Identifier.Text),
        ParameterSyntax parameter => Capitalized(parameter.Identifier.Text),
        _ => null,
    };

    private static string Capitalized(string name) =>
        name.TrimStart('_') is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : name;

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Word();
}
