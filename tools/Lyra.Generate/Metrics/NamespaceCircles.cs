using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Metrics;

/// <summary>A reference of one namespace to another of the same project.</summary>
/// <param name="From">The namespace that refers.</param>
/// <param name="To">The namespace of the type that it names or uses a member of.</param>
/// <param name="Count">How often.</param>
/// <param name="Types">The types referred to, the most frequent first.</param>
internal sealed record NamespaceReference(string From, string To, int Count, IReadOnlyList<string> Types);

/// <summary>Finds namespaces that refer to each other, directly or through others. A namespace is a folder in this repository.</summary>
internal static class NamespaceCircles
{
    /// <summary>The references between the namespaces of a bound project.</summary>
    public static IReadOnlyList<NamespaceReference> References(CSharpCompilation compilation)
    {
        var uses = compilation.SyntaxTrees.AsParallel().AsOrdered().SelectMany(tree => Uses(compilation, tree)).ToList();
        return
        [
            .. from use in uses
               group use.Type by (use.From, use.To) into edge
               let types = edge.GroupBy(type => type)
                   .OrderByDescending(type => type.Count())
                   .ThenBy(type => type.Key, StringComparer.Ordinal)
               orderby edge.Key.From, edge.Key.To
               select new NamespaceReference(edge.Key.From, edge.Key.To, edge.Count(), [.. types.Select(type => type.Key)]),
        ];
    }

    /// <summary>The groups of namespaces of which each reaches every other.</summary>
    public static IReadOnlyList<string[]> Of(IReadOnlyList<NamespaceReference> references)
    {
        string[] names =
        [
            .. references.SelectMany(reference => (string[])[reference.From, reference.To]).Distinct().Order(StringComparer.Ordinal),
        ];
        Dictionary<string, HashSet<string>> reached = names.ToDictionary(name => name, name => ReachedFrom(name, references));
        List<string[]> circles = [];
        foreach (string name in names.Where(name => reached[name].Contains(name) && !circles.Exists(circle => circle.Contains(name))))
        {
            circles.Add([.. names.Where(other => reached[name].Contains(other) && reached[other].Contains(name))]);
        }

        return circles;
    }

    private static HashSet<string> ReachedFrom(string name, IReadOnlyList<NamespaceReference> references)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([name]);
        while (open.TryPop(out string? from))
        {
            foreach (NamespaceReference reference in references.Where(reference => reference.From == from && reached.Add(reference.To)))
            {
                open.Push(reference.To);
            }
        }

        return reached;
    }

    private static IEnumerable<(string From, string To, string Type)> Uses(CSharpCompilation compilation, SyntaxTree tree)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (name.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() is { } from
                && TypeOf(model.GetSymbolInfo(name).Symbol) is { } type
                && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
                && type.ContainingNamespace.ToDisplayString() is var to && to != from)
            {
                yield return (from, to, type.Name);
            }
        }
    }

    /// <summary>The outermost type that a name refers to, or whose member it refers to.</summary>
    private static INamedTypeSymbol? TypeOf(ISymbol? symbol)
    {
        INamedTypeSymbol? type = symbol switch
        {
            INamedTypeSymbol named => named,
            IMethodSymbol or IFieldSymbol or IPropertySymbol or IEventSymbol => symbol.ContainingType,
            _ => null,
        };
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
