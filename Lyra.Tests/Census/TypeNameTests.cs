using System.Linq;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// A name means one type in all three libraries, so that a reader who searches for it finds one. Nested types are exempt, and a generic
/// type may have the name of one without type parameters.
/// </summary>
public sealed class TypeNameTests
{
    [Fact]
    public void Type_names_are_unique_across_the_libraries() =>
        Sources.Projects.Take(SourceRepository.Libraries.Length)
            .SelectMany(project => project.Trees)
            .SelectMany(tree => tree.GetRoot()
                .DescendantNodes(node => node is not BaseTypeDeclarationSyntax)
                .OfType<BaseTypeDeclarationSyntax>())
            .GroupBy(NameOf, type => type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString())
            .Where(places => places.Distinct().Skip(1).Any())
            .Select(places => $"{places.Key}: {string.Join(", ", places.Distinct())}")
            .ShouldBeEmpty("rename these types by what they are");

    private static string NameOf(BaseTypeDeclarationSyntax type) =>
        type is TypeDeclarationSyntax { TypeParameterList.Parameters.Count: > 0 and var count }
            ? $"{type.Identifier.Text}`{count}"
            : type.Identifier.Text;
}
