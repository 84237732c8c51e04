using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Lyra.Generate.Metrics;

/// <summary>A top-level type with all its partial declarations and nested types.</summary>
/// <param name="Name">Its project and its name.</param>
/// <param name="Lines">The lines of its declarations, documentation comments included.</param>
/// <param name="Files">The number of files that declare a part of it.</param>
internal sealed record TypeSize(string Name, int Lines, int Files);

/// <summary>A method, constructor, operator or accessor with a body.</summary>
/// <param name="Name">Its type and name.</param>
/// <param name="File">The file that holds it.</param>
/// <param name="Lines">The lines from its first modifier to its end; attributes and the comments above it do not count.</param>
internal sealed record MethodSize(string Name, string File, int Lines);

/// <summary>Measures hand-written source. Generated files and the files of <see cref="Exempt"/> do not count.</summary>
internal static class SourceSizes
{
    /// <summary>The interpreter's loop, which has to be one method: see docs/decisions/0006.</summary>
    public static readonly string[] Exempt = ["Lyra.Interpreter/Execution/Interpreter.Loop.cs"];

    /// <summary>The types of a project, largest first.</summary>
    public static IEnumerable<TypeSize> Types(SourceProject project) =>
        from tree in Counted(project)
        from type in tree.GetRoot().DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()
        group (Tree: tree, Lines: LinesOf(tree, type.FullSpan)) by NameOf(type) into parts
        let files = parts.Select(part => part.Tree).Distinct().Count()
        let size = new TypeSize($"{project.Name}: {parts.Key}", parts.Sum(part => part.Lines), files)
        orderby size.Lines descending, size.Name
        select size;

    /// <summary>The methods of a project, in the order of the source.</summary>
    public static IEnumerable<MethodSize> Methods(SourceProject project) =>
        from tree in Counted(project)
        from node in tree.GetRoot().DescendantNodes()
        where HasBody(node)
        select new MethodSize(NameOf(node), tree.FilePath, LinesOf(tree, TextSpan.FromBounds(Start(node), node.Span.End)));

    private static IEnumerable<SyntaxTree> Counted(SourceProject project) =>
        project.Trees.Where(tree => !SourceProject.IsGenerated(tree) && !Exempt.Contains(tree.FilePath));

    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        PropertyDeclarationSyntax property => property.ExpressionBody is not null,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody is not null,
        _ => false,
    };

    private static int Start(SyntaxNode node)
    {
        SyntaxList<AttributeListSyntax> attributes = node switch
        {
            MemberDeclarationSyntax member => member.AttributeLists,
            AccessorDeclarationSyntax accessor => accessor.AttributeLists,
            _ => default,
        };
        return attributes.Count == 0 ? node.SpanStart : attributes[^1].GetLastToken().GetNextToken().SpanStart;
    }

    private static string NameOf(SyntaxNode node)
    {
        string type = node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.Text ?? string.Empty;
        string member = node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            ConstructorDeclarationSyntax => "constructor",
            PropertyDeclarationSyntax property => property.Identifier.Text,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } accessor =>
                $"{property.Identifier.Text}.{accessor.Keyword.Text}",
            OperatorDeclarationSyntax with => $"operator {with.OperatorToken.Text}",
            _ => "indexer",
        };
        return node is BaseTypeDeclarationSyntax ? type : $"{type}.{member}";
    }

    private static int LinesOf(SyntaxTree tree, TextSpan span)
    {
        string text = tree.GetText().ToString(span).Trim();
        return text.Length == 0 ? 0 : text.Split('\n').Length;
    }
}
