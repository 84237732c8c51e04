using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generators;

/// <summary>Which types and members the generator accepts.</summary>
internal static class TypeRules
{
    /// <summary>The rule that a type breaks; null when it breaks none.</summary>
    public static DiagnosticDescriptor? Refusal(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsGenericType)
            {
                return MemberReport.IsGeneric;
            }

            if (!IsPartial(part))
            {
                return MemberReport.NotPartial;
            }

            if (part.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                return MemberReport.NotAccessible;
            }
        }

        return null;
    }

    /// <summary>Why a method can't be called by scripts; null when it can.</summary>
    public static string? Refusal(IMethodSymbol method)
    {
        if (method.IsGenericMethod)
        {
            return "it is generic";
        }

        if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.ReturnType.IsRefLikeType)
        {
            return "it returns a reference or a span";
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType || parameter.Type.TypeKind == TypeKind.Pointer)
            {
                return $"its parameter `{parameter.Name}` is passed by reference, or is a span or pointer";
            }
        }

        return null;
    }

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.All(static reference =>
        reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
