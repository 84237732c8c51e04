using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Makes script values of objects before it is known which engine gets them.</summary>
internal static class HostObjects
{
    /// <summary>How to wrap objects of the types that some engine has had defined.</summary>
    private static readonly TypeTable<Func<object, HostObject>> Known = new();

    /// <summary>Remembers how to wrap objects of a type.</summary>
    public static void Learn<T>() => Known.Set(typeof(T), static target => new HostObject<T>((T)target));

    /// <summary>Whether some engine has had the type defined.</summary>
    public static bool IsKnown(Type type) => Known.Contains(type);

    /// <summary>
    /// A value whose class fits the object's own type, if that is the static type or known; otherwise the value works as well, but compiled
    /// code can't call accessors of it directly.
    /// </summary>
    public static Value Wrap<T>(T value) => value switch
    {
        null => default,
        LyraValue script => script.Raw,
        string or bool or long or int or double => HostWriter.Write(value),
        _ when HostCollections.TryWrap(value, out Value collection) => collection,
        _ when value.GetType() == typeof(T) => Value.FromObject(new HostObject<T>(value)),
        _ when Known.TryGetValue(value.GetType(), out Func<object, HostObject>? wrap) => Value.FromObject(wrap(value)),
        _ => Value.FromObject(new HostObject<object>(value)),
    };
}
