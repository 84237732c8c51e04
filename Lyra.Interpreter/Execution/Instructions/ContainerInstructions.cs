using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Instructions that make, fill or destructure containers.</summary>
internal static class ContainerInstructions
{
    public static Value NewTyped(ScriptContext context, BoundType type)
    {
        context.ChargeMemory(SlotCheck.ContainerBytes(type));
        return SlotCheck.NewContainer(type);
    }

    public static Value NewTuple(ScriptContext context, ReadOnlySpan<Value> items)
    {
        if (items.Length == 0)
        {
            return Value.FromObject(TupleObject.Empty);
        }

        context.CheckElements(items.Length);
        context.ChargeMemory(TupleObject.BytesFor(items.Length));
        return Value.FromObject(TupleObject.Of(items));
    }

    public static Value NewRange(ScriptContext context, in Value from, in Value to, bool isInclusive)
    {
        RangeObject range = RangeObject.Create(context, from, to, Value.FromInt(1), isInclusive);
        context.ChargeMemory(range.OwnBytes);
        return Value.FromObject(range);
    }

    /// <summary>A map of the pairs of keys and values in the registers from <paramref name="first"/> on.</summary>
    /// <param name="frames">The stacks, which a hook of a key may replace.</param>
    /// <param name="first">A position in the register stack.</param>
    /// <param name="pairs">The number of pairs.</param>
    public static Value NewMap(FrameContext frames, int first, int pairs)
    {
        MapObject map = MapObject.ForPairs(frames, pairs, pairs == 0 ? default : frames.Stack.Registers[first]);
        for (int i = 0; i < pairs; i++)
        {
            Value[] registers = frames.Stack.Registers;
            map.Set(frames, registers[first + (2 * i)], registers[first + (2 * i) + 1]);
        }

        return Value.FromObject(map);
    }

    public static void Append(ScriptContext context, in Value list, in Value value) => ListOf(list).Add(context, value);

    public static void Extend(ScriptContext context, in Value list, in Value iterable) =>
        Iteration.AppendTo(context, ListOf(list), iterable);

    /// <summary>
    /// The list whose elements a call spreads. A list is used as it is, because the call copies its elements before anything else runs.
    /// </summary>
    public static Value Spread(ScriptContext context, in Value iterable)
    {
        if (iterable.Ref is ListObject)
        {
            return iterable;
        }

        ListObject list = ListObject.Of(context, []);
        context.Protect(list);
        Iteration.AppendTo(context, list, iterable);
        context.Unprotect();
        return Value.FromObject(list);
    }

    public static void Unpack(ScriptContext context, ref Value target, in Value source, int count)
    {
        Value value = source;
        int length = value.Ref switch
        {
            TupleObject tuple => tuple.Count,
            ListObject list => list.Count,
            HostList list => list.Count,
            _ => throw Throw.TypeError($"expected a tuple or list of {count}, got a value of type {Throw.TypeName(value)}"),
        };
        if (length != count)
        {
            throw Throw.ValueError($"expected {Counts.Of(count, "value")}, but the {Throw.TypeName(value)} has {length}");
        }

        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = TupleObject.From(value.Ref) is { } tuple ? tuple.Items[i]
                : value.Ref is HostList host ? host.Get(context, i)
                : ((ListObject)value.Ref!).Get(i);
        }
    }

    /// <summary>The list that an instruction builds. The register may hold anything, because the bytecode may be hostile.</summary>
    private static ListObject ListOf(in Value value) =>
        value.Ref as ListObject ?? throw Throw.TypeError($"expected a list, got a value of type {Throw.TypeName(value)}");
}
