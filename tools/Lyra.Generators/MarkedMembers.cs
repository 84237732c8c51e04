using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Hosting;
using Microsoft.CodeAnalysis;

namespace Lyra.Generators;

/// <summary>Finds the marked members of a type and of its base classes.</summary>
internal static class MarkedMembers
{
    private const string Member = "LyraMemberAttribute";
    private const string Constructor = "LyraConstructorAttribute";
    private const string Operator = "LyraOperatorAttribute";

    /// <summary>
    /// The marked members, those of the type before those of its base classes. What overrides a marked member is marked. An overridden
    /// member is left out, and so is what the type can't access.
    /// </summary>
    public static IEnumerable<ISymbol> Of(INamedTypeSymbol type)
    {
        HashSet<ISymbol> overridden = new(SymbolEqualityComparer.Default);
        for (INamedTypeSymbol? part = type; part is not null && part.SpecialType != SpecialType.System_Object; part = part.BaseType)
        {
            bool isOwn = SymbolEqualityComparer.Default.Equals(part, type);
            foreach (ISymbol member in part.GetMembers())
            {
                if (Overridden(member) is { } original)
                {
                    overridden.Add(original);
                }

                if (IsMarked(member) && !overridden.Contains(member) && (isOwn || IsInherited(member)))
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>The name of a member in scripts.</summary>
    public static string NameOf(ISymbol member) =>
        Attribute(member, Member)?.ConstructorArguments.FirstOrDefault().Value as string ?? CamelCase.Of(member.Name);

    private static bool IsMarked(ISymbol member) =>
        Attribute(member, Member) is not null || Attribute(member, Constructor) is not null || Attribute(member, Operator) is not null;

    private static bool IsInherited(ISymbol member) => member.DeclaredAccessibility != Accessibility.Private
        && member is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.UserDefinedOperator };

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        IEventSymbol source => source.OverriddenEvent,
        _ => null,
    };

    private static AttributeData? Attribute(ISymbol member, string name)
    {
        AttributeData? found = null;
        for (ISymbol? part = member; part is not null && found is null; part = Overridden(part))
        {
            found = part.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && type.Name == name
                && type.ContainingNamespace?.ToDisplayString() == "Lyra");
        }

        return found;
    }
}
