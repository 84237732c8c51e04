using System.Collections.Generic;
using Lyra.Runtime.Library;

namespace Lyra.Jit.Building;

/// <summary>What compiled code may do with a library proc when it has no form of its own for it.</summary>
internal enum NativeKind : byte
{
    /// <summary>Only the interpreter may call it: it talks to the host, drives iterators, or changes something step by step.</summary>
    Interpreted,

    /// <summary>It changes nothing that a script can see, so that it can be called again when it fails.</summary>
    Reading,

    /// <summary>It changes its first argument, and does so behind everything that may fail.</summary>
    Writing,
}

/// <summary>
/// The table of them, by qualified name. What is not in it is <see cref="NativeKind.Interpreted"/>; a new row needs a look at what its handler has
/// done when a charge in it fails.
/// </summary>
internal static class NativeKinds
{
    private static readonly string[] Reading =
    [
        "length", "min", "max", "sum", "sorted", "reversed", "enumerate", "zip", "any", "all", "keys", "values", "tostring", "toint", "tofloat",
        "tobool", "type", "range", "list", "tuple", "set", "map", "bytes", "ord", "chr", "abs", "hash", "clock", "assert",
        "list.copy", "list.index", "list.contains", "list.count", "list.slice", "list.join", "list.first", "list.last", "list.isEmpty",
        "str.split", "str.join", "str.trim", "str.trimStart", "str.trimEnd", "str.upper", "str.lower", "str.startsWith", "str.endsWith",
        "str.contains", "str.find", "str.index", "str.replace", "str.repeat", "str.padStart", "str.padEnd", "str.lines", "str.chars", "str.codes",
        "str.reverse", "str.format", "str.isEmpty", "str.slice", "str.count",
        "map.get", "map.items", "map.has", "map.copy", "map.merge", "map.isEmpty",
        "set.has", "set.union", "set.intersect", "set.difference", "set.isSubset", "set.copy", "set.isEmpty",
        "tuple.index", "tuple.contains", "tuple.count", "tuple.slice", "tuple.isEmpty", "range.contains", "range.isEmpty",
        "bytes.copy", "bytes.index", "bytes.contains", "bytes.slice", "bytes.text", "bytes.isEmpty",
        "random.int", "random.float", "random.choice",
    ];

    private static readonly string[] Writing =
    [
        "push", "pop", "insert", "remove", "list.removeAt", "list.clear", "list.reverse", "map.clear", "set.add", "set.clear", "bytes.fill",
    ];

    private static readonly Dictionary<string, NativeKind> Rows = Build();

    public static NativeKind Of(Intrinsic intrinsic) => Rows.TryGetValue(intrinsic.QualifiedName, out NativeKind kind) ? kind
        : intrinsic.Owner is "math" or "bits" or "simd" ? NativeKind.Reading
        : NativeKind.Interpreted;

    private static Dictionary<string, NativeKind> Build()
    {
        Dictionary<string, NativeKind> rows = [];
        foreach (string name in Reading)
        {
            rows.Add(name, NativeKind.Reading);
        }

        foreach (string name in Writing)
        {
            rows.Add(name, NativeKind.Writing);
        }

        return rows;
    }
}
