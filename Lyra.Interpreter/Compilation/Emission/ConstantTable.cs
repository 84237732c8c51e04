using System.Collections.Generic;
using System.Numerics;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The constants of a prototype without duplicates. 1 and 1.0 are different constants, and so are 0.0 and −0.0.</summary>
internal sealed class ConstantTable
{
    private readonly Dictionary<Key, int> _indexes = [];
    private readonly List<Value> _values = [];

    public Value[] ToArray() => [.. _values];

    public int IndexOf(Value value)
    {
        Key key = new((value.Ref as ScriptString)?.Text, value.IsAnyInt ? value.AsBig : default, value.Bits, KindOf(value));
        if (_indexes.TryGetValue(key, out int index)) return index;

        index = _values.Count;
        _values.Add(value);
        _indexes.Add(key, index);
        return index;
    }

    public int IndexOf(string text) => IndexOf(Value.FromText(text));

    private static ValueKind KindOf(Value value) => value.Kind;

    private readonly record struct Key(string? Text, BigInteger Integer, long Bits, ValueKind Kind);
}
