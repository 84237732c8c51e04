using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Generate.Metrics;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Api;

/// <summary>Writes the reference of the public API, docs/api.md, from the sources of the three libraries and their XML comments.</summary>
internal static class ApiPage
{
    private const int MostInFull = 6;

    private const string Introduction =
        """
        # API reference

        All public types of Lyra, in the namespace `Lyra`. [embedding.md](embedding.md) and [host-objects.md](host-objects.md)
        explain how they work together; [tutorial.md](tutorial.md) and [cookbook.md](cookbook.md) have programs. This page is
        written by `dotnet run --project tools/Lyra.Generate -- files` from the comments in the sources.


        """;

    public static string Text(SourceRepository repository)
    {
        INamedTypeSymbol[] types = [.. PublicTypes(repository).OrderBy(type => type.Name, StringComparer.Ordinal)];
        StringBuilder text = new(Introduction);
        text.Append("| type | kind | meaning |\n| --- | --- | --- |\n");
        foreach (INamedTypeSymbol type in types)
        {
            string meaning = DocumentationText.FirstSentence(ApiComment.Of(type).Summary);
            text.Append($"| [{type.Name}](#{Anchor(type)}) | {ApiSignature.KindOf(type)} | {meaning} |\n");
        }

        text.Append('\n');

        foreach (INamedTypeSymbol type in types)
        {
            Append(text, type);
        }

        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>The anchor of a type's heading.</summary>
    public static string Anchor(INamedTypeSymbol type) => type.Name.ToLowerInvariant();

    private static IEnumerable<INamedTypeSymbol> PublicTypes(SourceRepository repository)
    {
        List<CSharpCompilation> compilations = [];
        foreach (SourceProject project in SourceProject.ReadLibraries(repository))
        {
            compilations.Add(project.Compile(compilations));
        }

        return compilations.SelectMany(compilation => PublicTypes(compilation.Assembly.GlobalNamespace));
    }

    private static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceSymbol space) =>
        space.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .Concat(space.GetNamespaceMembers().SelectMany(PublicTypes));

    private static void Append(StringBuilder text, INamedTypeSymbol type)
    {
        ApiComment comment = ApiComment.Of(type);
        text.Append($"## {type.Name}\n\n");
        AppendCode(text, [ApiSignature.Of(type)]);
        comment.AppendTo(text);
        if (type.TypeKind == TypeKind.Enum)
        {
            AppendValues(text, type);
            return;
        }

        foreach (IGrouping<string, ISymbol> group in Members(type).GroupBy(member => $"{member.Name} {ApiComment.RawOf(member)}"))
        {
            ISymbol[] members = [.. group];
            AppendCode(text, Shortened([.. members.Select(ApiSignature.Of)]));
            ApiComment.Of(members[0]).AppendTo(text);
        }
    }

    /// <summary>Members with one name and one comment are shown together; of many, such as overloads by arity, a few.</summary>
    private static string[] Shortened(string[] signatures) => signatures.Length <= MostInFull
        ? signatures
        : [signatures[0], signatures[1], $"// … {signatures.Length - 3} more …", signatures[^1]];

    private static void AppendValues(StringBuilder text, INamedTypeSymbol type)
    {
        text.Append("| value | meaning |\n| --- | --- |\n");
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
        {
            text.Append($"| `{field.Name}` = {field.ConstantValue} | {ApiComment.Of(field).Summary.Replace('\n', ' ')} |\n");
        }

        text.Append('\n');
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) =>
        type.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && IsShown(member))
            .OrderBy(member => member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? 0 : member.IsStatic ? 1 : 2)
            .ThenBy(member => member is IMethodSymbol ? 1 : 0)
            .ThenBy(member => member.Name, StringComparer.Ordinal);

    private static bool IsShown(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
            && member switch
            {
                IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => !ApiSignature.IsPrimary(constructor),
                IMethodSymbol method => method.MethodKind is MethodKind.Ordinary or MethodKind.UserDefinedOperator or MethodKind.Conversion
                    && method.OverriddenMethod?.ContainingType.SpecialType
                        is not (SpecialType.System_Object or SpecialType.System_ValueType),
                IPropertySymbol property => property.DeclaringSyntaxReferences is [var reference, ..]
                    && reference.GetSyntax() is not ParameterSyntax,
                IFieldSymbol or IEventSymbol => true,
                _ => false,
            };

    private static void AppendCode(StringBuilder text, string[] signatures) =>
        text.Append("```csharp\n").AppendJoin('\n', signatures).Append("\n```\n\n");
}
