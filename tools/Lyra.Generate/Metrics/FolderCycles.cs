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
/// Finds folders that refer to each other, directly or through others. The folders are those that have a namespace of their own; a folder
/// without one sorts the files of the folder above by subject, and counts as a part of it. The public types of all folders are in the
/// namespace <c>Lyra</c>: they belong to the folder of their first file.
/// </summary>
internal static class FolderCycles
{
    /// <summary>The references between the folders of a bound project.</summary>
    public static IReadOnlyList<FolderReference> References(CSharpCompilation compilation)
    {
        Dictionary<SyntaxTree, string> folders = FoldersOf(compilation);
        var uses = compilation.SyntaxTrees.AsParallel().AsOrdered().SelectMany(tree => Uses(compilation, folders, tree)).ToList();
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

    private static IEnumerable<(string From, string To, string Type)> Uses(
        CSharpCompilation compilation, Dictionary<SyntaxTree, string> folders, SyntaxTree tree)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        string from = folders[tree];
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (TypeOf(model.GetSymbolInfo(name).Symbol) is { } type
                && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
                && folders[type.DeclaringSyntaxReferences[0].SyntaxTree] is var to && to != from)
            {
                yield return (from, to, type.Name);
            }
        }
    }

    /// <summary>By file: the folder to which its types belong.</summary>
    private static Dictionary<SyntaxTree, string> FoldersOf(CSharpCompilation compilation)
    {
        string project = compilation.AssemblyName!;
        HashSet<string> known = [.. compilation.SyntaxTrees.Select(tree => NamespaceFolder(project, tree)).OfType<string>()];
        return compilation.SyntaxTrees.ToDictionary(tree => tree, tree => NamespaceFolder(project, tree) ?? Nearest(known, FolderOf(tree)));
    }

    /// <summary>The folder of the file's namespace; null for the public one, which all folders share.</summary>
    private static string? NamespaceFolder(string project, SyntaxTree tree) =>
        tree.GetRoot().ChildNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() is { } name
            && name.StartsWith(project + ".", StringComparison.Ordinal)
                ? $"{project}/{name[(project.Length + 1)..].Replace('.', '/')}"
                : null;

    /// <summary>The folder, or the nearest one above it that is known.</summary>
    private static string Nearest(HashSet<string> known, string folder)
    {
        string nearest = folder;
        while (nearest.Length > 0 && !known.Contains(nearest))
        {
            nearest = (Path.GetDirectoryName(nearest) ?? string.Empty).Replace('\\', '/');
        }

        return nearest.Length > 0 ? nearest : folder;
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
