using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Api;

/// <summary>The declarations of types and members as a user reads them.</summary>
internal static class ApiSignature
{
    private const int MostColumns = 118;

    private static readonly SymbolDisplayFormat Short = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.NameOnly,
        kindOptions: SymbolDisplayKindOptions.IncludeMemberKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    public static string KindOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => "enum",
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Delegate } => "delegate",
        { TypeKind: TypeKind.Struct } => type.IsRecord ? "record struct" : "struct",
        _ => type.IsRecord ? "record" : "class",
    };

    /// <summary>Whether a constructor is that of a record with parameters after its name.</summary>
    public static bool IsPrimary(IMethodSymbol constructor) =>
        constructor is { Parameters.Length: > 0, DeclaringSyntaxReferences: [var reference] }
        && reference.GetSyntax() is RecordDeclarationSyntax;

    public static string Of(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => OfType(type),
        IPropertySymbol property => $"{property.ToDisplayString(Short)} {{ {Accessors(property)}}}",
        _ => Wrap(symbol.ToDisplayString(Short)),
    };

    private static string OfType(INamedTypeSymbol type)
    {
        string modifiers = type.IsStatic ? "static " : type is { IsReadOnly: true, TypeKind: TypeKind.Struct } ? "readonly "
            : type is { IsAbstract: true, TypeKind: TypeKind.Class } ? "abstract "
            : type is { IsSealed: true, TypeKind: TypeKind.Class } ? "sealed " : "";
        string name = type.ToDisplayString(Short);
        string bases = string.Join(", ", Bases(type).Select(parent => parent.ToDisplayString(Short)));
        string parameters = PrimaryConstructor(type) is { } constructor
            ? $"({string.Join(", ", constructor.Parameters.Select(parameter => parameter.ToDisplayString(Short)))})"
            : "";
        return Wrap($"public {modifiers}{KindOf(type)} {name}{parameters}{(bases.Length > 0 ? " : " + bases : "")}");
    }

    private static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type) => type.InstanceConstructors.FirstOrDefault(IsPrimary);

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        IEnumerable<INamedTypeSymbol> interfaces = type.Interfaces
            .Where(one => one.DeclaredAccessibility == Accessibility.Public && !(type.IsRecord && one.Name == nameof(IEquatable<>)));
        return type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } parent }
            ? interfaces.Prepend(parent)
            : type.TypeKind == TypeKind.Enum ? [] : interfaces;
    }

    private static string Accessors(IPropertySymbol property) =>
        (property.GetMethod?.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected ? "get; " : "")
        + (property.SetMethod?.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected) ? ""
            : property.SetMethod.IsInitOnly ? "init; " : "set; ");

    /// <summary>A long list of parameters gets a line for each.</summary>
    private static string Wrap(string signature)
    {
        int open = signature.IndexOf('(', StringComparison.Ordinal);
        return signature.Length <= MostColumns || open < 0
            ? signature
            : signature[..(open + 1)] + "\n    " + signature[(open + 1)..].Replace(", ", ",\n    ", StringComparison.Ordinal);
    }
}
