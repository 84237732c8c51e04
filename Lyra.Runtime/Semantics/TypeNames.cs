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

    /// <summary>The name of a value's type: for an instance, that of its struct.</summary>
    public static ScriptString Of(in Value value) => value.Ref switch
    {
        null => OfKinds[(int)ValueKind.Nil],
        ScriptString => OfKinds[(int)ValueKind.Str],
        StructObject instance => instance.Shape.NameText,
        ScriptObject { Kind: not ValueKind.Host and var kind } => OfKinds[(int)kind],
        HostObject { Type: { } type } => type.NameText,
        ScriptObject other => Others.GetOrAdd(other.TypeName, static name => ScriptString.From(name)),
        _ => OfKinds[(int)value.Kind],
    };

    /// <summary>As <see cref="Of"/>; null for an instance whose struct has a method <c>type</c>, which the builtin calls.</summary>
    public static ScriptString? OfUnlessReplaced(in Value value)
    {
        if (ScriptObject.IsStruct(value.Ref))
        {
            Shape shape = Unsafe.As<StructObject>(value.Ref!).Shape;
            return shape.ReplacesType ? null : shape.NameText;
        }

        return ScriptObject.TaggedKind(value.Ref) is { } kind ? OfKinds[(int)kind] : Of(value);
    }

    private static ScriptString[] MakeNames()
    {
        ScriptString[] names = new ScriptString[KindInfo.Count];
        for (ValueKind kind = 0; (int)kind < names.Length; kind++)
        {
            names[(int)kind] = ScriptString.From(KindInfo.Of(kind).Name);
        }

        return names;
    }
}
