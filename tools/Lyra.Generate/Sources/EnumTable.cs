using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Sources;

/// <summary>A table whose rows are the members of an enum, each with one attribute.</summary>
internal static class EnumTable
{
    /// <summary>The rows of the only enum of a source file, in order.</summary>
    public static IEnumerable<EnumRow> Read(string source)
    {
        EnumDeclarationSyntax table =
            CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<EnumDeclarationSyntax>().Single();
        foreach (EnumMemberDeclarationSyntax member in table.Members)
        {
            AttributeArgumentSyntax[] arguments = [.. member.AttributeLists.Single().Attributes.Single().ArgumentList!.Arguments];
            yield return new EnumRow(
                member.Identifier.Text,
                [.. arguments.Where(argument => argument.NameEquals is null).Select(argument => argument.Expression)],
                arguments.Where(argument => argument.NameEquals is not null)
                    .ToDictionary(argument => argument.NameEquals!.Name.Identifier.Text, argument => argument.Expression.ToString()));
        }
    }
}

/// <summary>A member of an enum and the arguments of its attribute.</summary>
/// <param name="Name">The member.</param>
/// <param name="Positional">The arguments of the attribute's constructor.</param>
/// <param name="Named">The text of each named argument, in the order of the source.</param>
internal sealed record EnumRow(string Name, ExpressionSyntax[] Positional, IReadOnlyDictionary<string, string> Named);
