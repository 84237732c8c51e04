using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Lyra.Generators;

/// <summary>The errors about the marks of one type.</summary>
internal sealed class MemberReport
{
    public static readonly DiagnosticDescriptor NotPartial = Rule(
        "LYRAG001",
        "A type for Lyra scripts must be partial",
        "The type `{0}` and the types around it must be partial, so that accessors can be added");

    public static readonly DiagnosticDescriptor NotAccessible = Rule(
        "LYRAG002",
        "A type for Lyra scripts must be accessible",
        "The type `{0}` must be visible in its whole assembly: make it internal or public");

    public static readonly DiagnosticDescriptor IsGeneric = Rule(
        "LYRAG003",
        "A type for Lyra scripts can't be generic",
        "The type `{0}` is generic; mark a class that derives from one instance of it");

    public static readonly DiagnosticDescriptor CannotCall = Rule(
        "LYRAG004", "Scripts can't use the member", "Scripts can't use `{0}`: {1}");

    private readonly List<Diagnostic> _diagnostics = [];

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public void Add(DiagnosticDescriptor rule, Location? location, params object[] arguments) =>
        _diagnostics.Add(Diagnostic.Create(rule, location, arguments));

    /// <summary>Reports a member that no script can use.</summary>
    public void Refuse(ISymbol member, string why) =>
        Add(CannotCall, member.Locations.Length > 0 ? member.Locations[0] : null, member.ToDisplayString(), why);

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Lyra", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
