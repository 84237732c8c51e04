using System.Collections.Generic;
using System.Linq;
using Lyra.Generate.Metrics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// Parameter lists stay short: parameters that belong together are a record. This holds for methods, constructors, local functions and the
/// primary constructors of types, in the libraries, the tools and the tests. Generated files are exempt.
/// </summary>
public sealed class ParameterListTests
{
    private const int MostParameters = 7;

    /// <summary>Lists that are longer, each for a reason. The list may only shrink.</summary>
    private static readonly string[] TooLong =
    [
        // Emitted code calls these with each value as a parameter of its own.
        "ExitStores.StoreInts8", "ExitStores.StoreObjects8", "ObjectHelpers.RestOf4", "ProcAdapter.CallBoxed", "TextHelpers.JoinFour",

        // Public records, whose constructors hosts may call.
        "ProfiledInstruction", "ProfiledTimes",
    ];

    [Fact]
    public void No_parameter_list_has_more_than_7_parameters()
    {
        string[] found =
        [
            .. Sources.Projects.Append(Sources.Tests)
                .SelectMany(project => project.Trees)
                .Where(tree => !SourceProject.IsGenerated(tree))
                .SelectMany(LongLists),
        ];

        found.Except(TooLong).ShouldBeEmpty("group parameters that belong together in a record");
        TooLong.Except(found).ShouldBeEmpty("these lists are short enough now: remove them from TooLong");
    }

    private static IEnumerable<string> LongLists(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes().OfType<ParameterListSyntax>()
            .Where(list => list.Parameters.Count > MostParameters)
            .Where(list => list.Parent is BaseMethodDeclarationSyntax or TypeDeclarationSyntax or LocalFunctionStatementSyntax)
            .Select(list => NameOf(list.Parent!));

    private static string NameOf(SyntaxNode declaration)
    {
        string type = declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Identifier.Text;
        return declaration switch
        {
            TypeDeclarationSyntax => type,
            MethodDeclarationSyntax method => $"{type}.{method.Identifier.Text}",
            LocalFunctionStatementSyntax function => $"{type}.{function.Identifier.Text}",
            _ => $"{type}, line {declaration.GetLocation().GetLineSpan().StartLinePosition.Line + 1}",
        };
    }
}
