using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>The results of <c>type</c>: one str for each name, shared by all engines.</summary>
internal static class TypeNames
{
    private static readonly ScriptString[] OfKinds = MakeNames();

    /// <summary>The names of objects of the host whose type is not defined.</summary>
    private static readonly ConcurrentDictionary<string, ScriptString> Others = new();

    /// <summary>The name of a kind of values.</summary>
    public static ScriptString OfKind(ValueKind kind) => OfKinds[(int)kind];

    /// <summary>The str that is the name of a kind; null if the text names none.</summary>
    public static ScriptString? FindKind(ReadOnlySpan<char> name)
    {
        foreach (ScriptString kind in OfKinds)
        {
            if (kind.Span.SequenceEqual(name))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>
    /// The name of a struct or of a type of the host as a str: that of a kind, if it has the same text, so that a comparison of references
    /// tells whether a type has the name of a kind.
    /// </summary>
    public static ScriptString OfDeclared(string name) => FindKind(name) ?? ScriptString.From(name);

    /// <summary>The name of a value's type: for an instance, that of its struct.</summary>
    public static ScriptString Of(in Value value) => ShapeOf(value)?.NameText ?? OfOther(value);

    /// <summary>As <see cref="Of"/>; null for an instance whose struct has a method <c>type</c>, which the builtin calls.</summary>
    public static ScriptString? OfUnlessReplaced(in Value value) => ShapeOf(value) is not { } shape ? OfOther(value)
        : shape.ReplacesType ? null
        : shape.NameText;

    private static Shape? ShapeOf(in Value value) =>
        ScriptObject.IsStruct(value.Ref) ? Unsafe.As<StructObject>(value.Ref!).Shape : null;

    /// <summary>The name of the type of a value that is no instance of a struct; the usual kinds first, by their tags.</summary>
    private static ScriptString OfOther(in Value value) => value.IsNil ? OfKinds[(int)ValueKind.Nil]
        : value.IsInt ? OfKinds[(int)ValueKind.Int]
        : value.IsFloat ? OfKinds[(int)ValueKind.Float]
        : ScriptObject.TaggedKind(value.Ref) is { } kind ? OfKinds[(int)kind]
        : OfRare(value);

    private static ScriptString OfRare(in Value value) => value.Ref switch
    {
        HostObject { Kind: ValueKind.Host, Type: { } type } => type.NameText,
        ScriptObject { Kind: ValueKind.Host } other => Others.GetOrAdd(other.TypeName, OfDeclared),
        _ => OfKinds[(int)value.Kind],
    };

    private static ScriptString[] MakeNames()
    {
        ScriptString[] names = new ScriptString[KindInfo.Count];
        for (ValueKind kind = 0; (int)kind < names.Length; kind++)
        {
            // Kinds of the same name, such as instances of structs and their types, share the str.
            string name = KindInfo.Of(kind).Name;
            ScriptString? shared = Array.Find(names, known => known?.Span.SequenceEqual(name) == true);
            names[(int)kind] = shared ?? ScriptString.From(name);
        }

        return names;
    }
}
