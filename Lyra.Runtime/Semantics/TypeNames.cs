using System.Collections.Concurrent;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>The results of <c>type</c>: one str for each name, shared by all engines.</summary>
internal static class TypeNames
{
    private static readonly ScriptString Nil = ScriptString.From("nil");
    private static readonly ScriptString Int = ScriptString.From("int");
    private static readonly ScriptString Float = ScriptString.From("float");
    private static readonly ScriptString Bool = ScriptString.From("bool");
    private static readonly ScriptString Str = ScriptString.From("str");
    private static readonly ScriptString List = ScriptString.From("list");

    /// <summary>The names of the other classes of objects, of which there are some twenty.</summary>
    private static readonly ConcurrentDictionary<string, ScriptString> Others = new();

    /// <summary>The name of a value's type: for an instance, that of its struct.</summary>
    public static ScriptString Of(in Value value) => value.Ref switch
    {
        null => Nil,
        ScriptString => Str,
        StructObject instance => instance.Shape.NameText,
        ListObject => List,
        HostObject { Type: { } type } => type.NameText,
        ScriptObject other => Others.GetOrAdd(other.TypeName, static name => ScriptString.From(name)),
        _ => value.IsInt ? Int : value.IsFloat ? Float : Bool,
    };
}
