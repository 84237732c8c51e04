using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Metrics;

/// <summary>The references of one folder to another of the same project.</summary>
/// <param name="From">The folder that refers.</param>
/// <param name="To">The folder of the types that it names or whose members it uses.</param>
/// <param name="Count">How often.</param>
/// <param name="Types">The types referred to, the most frequent first.</param>
internal sealed record FolderReference(string From, string To, int Count, IReadOnlyList<string> Types);

/// <summary>
/// Finds folders that refer to each other, directly or through others. A folder and its subfolders count separately. A type belongs to the
/// folder of its first file, whatever its namespace: the public types of all folders are in the namespace <c>Lyra</c>.
/// </summary>
internal static class FolderCycles
{
    /// <summary>The references between the folders of a bound project.</summary>
    public static IReadOnlyList<FolderReference> References(CSharpCompilation compilation)
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
               select new FolderReference(edge.Key.From, edge.Key.To, edge.Count(), [.. types.Select(type => type.Key)]),
        ];
    }

    /// <summary>The groups of folders of which each reaches every other.</summary>
    public static IReadOnlyList<string[]> Of(IReadOnlyList<FolderReference> references)
    {
        string[] names =
        [
            .. references.SelectMany(reference => (string[])[reference.From, reference.To]).Distinct().Order(StringComparer.Ordinal),
        ];
        Dictionary<string, HashSet<string>> reached = names.ToDictionary(name => name, name => ReachedFrom(name, references));
        List<string[]> cycles = [];
        foreach (string name in names.Where(name => reached[name].Contains(name) && !cycles.Exists(cycle => cycle.Contains(name))))
        {
            cycles.Add([.. names.Where(other => reached[name].Contains(other) && reached[other].Contains(name))]);
        }

        return cycles;
    }

    private static HashSet<string> ReachedFrom(string name, IReadOnlyList<FolderReference> references)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([name]);
        while (open.TryPop(out string? from))
        {
            foreach (FolderReference reference in references.Where(reference => reference.From == from && reached.Add(reference.To)))
            {
                open.Push(reference.To);
            }
        }

        return reached;
    }

    private static IEnumerable<(string From, string To, string Type)> Uses(CSharpCompilation compilation, SyntaxTree tree)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        string from = FolderOf(tree);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (TypeOf(model.GetSymbolInfo(name).Symbol) is { } type
                && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
                && FolderOf(type.DeclaringSyntaxReferences[0].SyntaxTree) is var to && to != from)
            {
                yield return (from, to, type.Name);
            }
        }
    }

    private static string FolderOf(SyntaxTree tree) => (Path.GetDirectoryName(tree.FilePath) ?? string.Empty).Replace('\\', '/');

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
