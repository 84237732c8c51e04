using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generators;

/// <summary>
/// Writes, for each type that is marked with <c>[LyraType]</c>, a method that describes its marked members to an engine by lambdas, which
/// call the members directly; and a module initializer that registers this method.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LyraTypeGenerator : IIncrementalGenerator
{
    private const string TypeAttribute = "Lyra.LyraTypeAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<GeneratedSource> sources = context.SyntaxProvider.ForAttributeWithMetadataName(
            TypeAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (found, _) => Generate(found));
        context.RegisterSourceOutput(sources, static (output, source) => source.AddTo(output));
    }

    private static GeneratedSource Generate(GeneratorAttributeSyntaxContext found)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)found.TargetSymbol;
        MemberReport report = new();
        if (TypeRules.Refusal(type) is { } refused)
        {
            report.Add(refused, found.TargetNode.GetLocation(), type.Name);
            return new GeneratedSource(string.Empty, string.Empty, report.Diagnostics);
        }

        string name = NameIn(found.Attributes) ?? type.Name;
        string text = new TypeWriter(type, name, report).Write();
        string hint = type.ToDisplayString().Replace('<', '_').Replace('>', '_');
        return new GeneratedSource($"{hint}.Lyra.g.cs", text, report.Diagnostics);
    }

    /// <summary>The name that an attribute gives; null without one.</summary>
    private static string? NameIn(ImmutableArray<AttributeData> attributes) =>
        attributes.FirstOrDefault()?.ConstructorArguments.FirstOrDefault().Value as string;
}
