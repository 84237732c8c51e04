using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>The parts of a tuple or list for <c>let [a, ...rest, z] = xs</c>.</summary>
internal static class RestParts
{
    /// <summary>
    /// The arguments are the value, and how many parts are before and after the rest. The result is a tuple of the elements for the parts
    /// before it, a new tuple or list of the elements in the middle, and the elements for the parts after it.
    /// </summary>
    /// <exception cref="ScriptErrorException">TypeError for other values; ValueError if there are not enough elements.</exception>
    public static Value Split(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        int head = (int)arguments[1].AsInt;
        int tail = (int)arguments[2].AsInt;
        Value value = arguments[0].Ref is HostList host ? Value.FromObject(host.CopyList(context)) : arguments[0];
        int length = value.Ref switch
        {
            TupleObject tuple => tuple.Count,
            ListObject list => list.Count,
            _ => throw Throw.TypeError($"expected a tuple or list of at least {head + tail}, got a value of type {Throw.TypeName(value)}"),
        };
        if (length < head + tail)
        {
            throw Throw.ValueError($"expected at least {Counts.Of(head + tail, "value")}, but the {Throw.TypeName(value)} has {length}");
        }

        Value rest = Indexing.Slice(context, value, Value.FromInt(head), Value.FromInt(length - tail));
        context.Charge(head + tail);
        context.ChargeMemory(TupleObject.BytesFor(head + tail + 1));
        Value[] parts = new Value[head + tail + 1];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = i < head ? Element(value, i) : i == head ? rest : Element(value, length - parts.Length + i);
        }

        return Value.FromObject(TupleObject.Of(parts));
    }

    private static Value Element(in Value value, int index) =>
        TupleObject.From(value.Ref) is { } tuple ? tuple.Items[index] : ((ListObject)value.Ref!).Get(index);
}
