using System;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The constants of a prototype without duplicates. 1 and 1.0 are different constants, and so are 0.0 and −0.0.</summary>
internal sealed class ConstantTable
{
    private readonly HashChains _chains = new();
    private readonly GrowableArray<Value> _values = new();

    public Value[] ToArray() => _values.ToArray();

    public void Clear()
    {
        _chains.Clear();
        _values.Clear();
    }

    public int IndexOf(Value value)
    {
        int hash = HashOf(value);
        for (int index = _chains.First(hash); index >= 0; index = _chains.Next(index))
        {
            if (IsSame(_values[index], value))
            {
                return index;
            }
        }

        _chains.Add(hash);
        _values.Add(value);
        return _values.Count - 1;
    }

    public int IndexOf(string text) => IndexOf(Value.FromObject(ScriptString.Constant(text)));

    private static bool IsSame(in Value a, in Value b) => a.Kind == b.Kind && a.Ref switch
    {
        ScriptString text => string.Equals(text.Text, ((ScriptString)b.Ref!).Text, StringComparison.Ordinal),
        HostObject<decimal> exact => b.Ref is HostObject<decimal> other && AreSame(exact.Value, other.Value),
        _ when a.IsInt || !a.IsAnyInt => b.IsInt == a.IsInt && a.Bits == b.Bits,
        _ => !b.IsInt && a.AsBig.Equals(b.AsBig),
    };

    /// <summary>Whether two decimals have the same digits: 1.1 and 1.10 are different constants.</summary>
    private static bool AreSame(decimal a, decimal b) => a == b && a.Scale == b.Scale && decimal.IsNegative(a) == decimal.IsNegative(b);

    // All are seeded per process, so that no source can choose constants that collide.
    private static int HashOf(in Value value) => value.Ref is ScriptString text ? text.Text.GetHashCode(StringComparison.Ordinal)
        : value.Ref is HostObject<decimal> exact ? Hashing.KeyHash(exact.Value.GetHashCode())
        : value.IsInt || !value.IsAnyInt ? Hashing.KeyHash(value.Bits) ^ (int)value.Kind
        : value.AsBig.GetHashCode();
}
