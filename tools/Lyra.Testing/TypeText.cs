using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Testing;

/// <summary>Annotations as source text.</summary>
internal static class TypeText
{
    public static string Of(TypeNode type) => type switch
    {
        NamedTypeNode named => named.Module is null ? named.Name : $"{named.Module}.{named.Name}",
        ListTypeNode list => $"[{Of(list.Element)}]",
        SetTypeNode set => $"set[{Of(set.Element)}]",
        MapTypeNode map => $"{{{Of(map.Key)}: {Of(map.Value)}}}",
        TupleTypeNode tuple => $"({Joined(tuple.Items)}{(tuple.Items.Length == 1 ? ",)" : ")")}",
        ProcTypeNode proc => $"proc({Joined(proc.Parameters)}){(proc.Result is null ? "" : $" -> {Of(proc.Result)}")}",
        UnionTypeNode union => string.Join(" | ", union.Items.Select((item, i) => Member(item, i == union.Items.Length - 1))),
        NullableTypeNode { Inner: ProcTypeNode { Result: not null } or UnionTypeNode } group => $"({Of(group.Inner)})?",
        NullableTypeNode nullable => Of(nullable.Inner) + "?",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Every kind of type has a case."),
    };

    private static string Joined(IEnumerable<TypeNode> types) => string.Join(", ", types.Select(Of));

    private static string Member(TypeNode item, bool isLast) =>
        item is UnionTypeNode || (item is ProcTypeNode { Result: not null } && !isLast) ? $"({Of(item)})" : Of(item);
}
