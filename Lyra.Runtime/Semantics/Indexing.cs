using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>The semantics of <c>c[i]</c>, <c>c[i] = v</c>, <c>c[a..b]</c>, <c>x in c</c> and <c>length(c)</c>.</summary>
internal static class Indexing
{
    /// <summary>The number of elements compared between two charges.</summary>
    private const int ChargeUnit = 256;

    /// <summary><c>container[index]</c>; nil for a key that a map does not have.</summary>
    /// <exception cref="ScriptErrorException">
    /// IndexError for an index outside the container; TypeError for a value that can't be indexed, or for an index of the wrong type.
    /// </exception>
    public static Value Get(ScriptContext context, in Value container, in Value index)
    {
        switch (container.Ref)
        {
            case ListObject list when index.IsInt && (ulong)index.AsInt < (ulong)list.Count:
                return list.Get((int)index.AsInt);
            case MapObject map:
                return map.TryGet(context, index, out Value value) ? value : default;
            case StructObject { Shape.Hooks.GetIndex: { } hook }:
                Value argument = index;
                return context.InvokeMethod(hook, container, new ReadOnlySpan<Value>(in argument));
            case ListObject or TupleObject or ScriptString or BytesObject or HostList when index.Ref is RangeObject range:
                return Slice(context, container, range);
            case HostList list:
                return list.Get(context, CheckIndex(index, list.Count, "list"));
            case HostMap map:
                return map.TryGet(context, index, out Value found) ? found : default;
            case ListObject list:
                return list.Get(CheckIndex(index, list.Count, "list"));
            case TupleObject tuple:
                return tuple.Items[CheckIndex(index, tuple.Count, "tuple")];
            case ScriptString text:
                return Sequences.UnitAt(context, text, CheckIndex(index, text.Length, "str"));
            case BytesObject bytes:
                return Value.FromInt(bytes.Items[CheckIndex(index, bytes.Items.Length, "bytes")]);
            case HostObject host when host.TypeIn(context.HostTypes)?.FindInherited(static type => type.IndexGetter) is { } getter:
                return getter.Intrinsic.Handler(context, [container, index]);
            default:
                throw Throw.TypeError($"{Throw.TypeName(container)} can't be indexed");
        }
    }

    /// <summary><c>container[index] = value</c>.</summary>
    /// <exception cref="ScriptErrorException">
    /// IndexError for an index outside the container; TypeError for a value whose elements can't be assigned, or for an index or element of
    /// the wrong type; ValueError for a byte outside 0 to 255.
    /// </exception>
    public static void Set(ScriptContext context, in Value container, in Value index, in Value value)
    {
        switch (container.Ref)
        {
            case ListObject list:
                list.Set(context, CheckIndex(index, list.Count, "list"), value);
                return;
            case HostList list:
                list.Set(context, CheckIndex(index, list.Count, "list"), value);
                return;
            case HostMap map:
                map.Set(context, index, value);
                return;
            case MapObject map:
                map.Set(context, index, value);
                return;
            case BytesObject { IsFrozen: true }:
                throw Throw.Frozen("bytes");
            case BytesObject bytes:
                bytes.Items[CheckIndex(index, bytes.Items.Length, "bytes")] = ToByte(value);
                return;
            case StructObject { Shape.Hooks.SetIndex: { } hook }:
                context.InvokeMethod(hook, container, [index, value]);
                return;
            case HostObject host when host.TypeIn(context.HostTypes)?.FindInherited(static type => type.IndexSetter) is { } setter:
                setter.Intrinsic.Handler(context, [container, index, value]);
                return;
            case TupleObject or ScriptString:
                throw Throw.TypeError($"a {Throw.TypeName(container)} can't be changed");
            default:
                throw Throw.TypeError($"the elements of {Throw.TypeName(container)} can't be assigned");
        }
    }

    /// <summary><c>container[from..to]</c>; nil stands for an open end.</summary>
    /// <exception cref="ScriptErrorException">
    /// IndexError for bounds outside the container or in the wrong order; TypeError for bounds that are not ints, and for a value that
    /// can't be sliced.
    /// </exception>
    public static Value Slice(ScriptContext context, in Value container, in Value from, in Value to)
    {
        if (container.Ref is HostList host)
        {
            return Slice(context, Value.FromObject(host.CopyList(context)), from, to);
        }

        int length = container.Ref switch
        {
            ListObject list => list.Count,
            ScriptString text => text.Length,
            TupleObject tuple => tuple.Count,
            BytesObject bytes => bytes.Items.Length,
            _ => throw Throw.TypeError($"{Throw.TypeName(container)} can't be sliced"),
        };
        int start = from.IsNil ? 0 : CheckBound(from, length);
        int end = to.IsNil ? length : CheckBound(to, length);
        if (start > end)
        {
            throw Throw.IndexError($"a slice can't start at {start} and end at {end}");
        }

        return Value.FromObject(container.Ref switch
        {
            ListObject list => Sequences.Slice(context, list, start, end),
            ScriptString text => Sequences.Slice(context, text, start, end),
            TupleObject tuple => Sequences.Slice(context, tuple, start, end),
            _ => Sequences.Slice(context, (BytesObject)container.Ref!, start, end),
        });
    }

    /// <summary><c>item in container</c>: an element, a key of a map, a part of a str.</summary>
    /// <exception cref="ScriptErrorException">
    /// TypeError for a value that is not a container, and for a part of a str that is not a str.
    /// </exception>
    public static bool Contains(ScriptContext context, in Value container, in Value item)
    {
        switch (container.Ref)
        {
            case ListObject list:
                return ListSearch.IndexOf(context, list, item, 0) >= 0;
            case ScriptString text when item.Ref is ScriptString part:
                return TextSearch.IndexOf(context, text.Span, part.Span) >= 0;
            case MapObject map:
                return map.ContainsKey(context, item);
            case SetObject set:
                return set.Contains(context, item);
            case RangeObject range:
                return range.Contains(context, item.Ref is HostObject ? Hashing.CanonicalKey(item) : item);
            case TupleObject tuple:
                return IndexOf(context, tuple.Items, item) >= 0;
            case HostList list:
                return ListSearch.IndexOf(context, list.CopyList(context), item, 0) >= 0;
            case HostMap map:
                return map.TryGet(context, item, out _);
            case HostSet set:
                return set.Contains(context, item);
            case StructObject { Shape.Hooks.Contains: { } hook }:
                Value argument = item;
                return context.InvokeMethod(hook, container, new ReadOnlySpan<Value>(in argument)).IsTruthy;
            case ScriptString:
                throw Throw.TypeError($"a str contains strs, not {Throw.TypeName(item)}");
            case BytesObject bytes:
                Value canonical = Hashing.CanonicalKey(item);
                context.Charge(bytes.Items.Length >> 8);
                return canonical.IsInt && (ulong)canonical.AsInt <= byte.MaxValue
                    && Pieces.IndexOf(context, bytes.Items, (byte)canonical.AsInt) >= 0;
            default:
                throw Throw.TypeError(
                    $"'in' can't search {Throw.TypeName(container)}; it accepts a list, map, set, tuple, range, str or bytes");
        }
    }

    /// <summary>The builtin <c>length</c>. Only the length of a range may exceed 64 bits.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a value without length, and for a <c>__len</c> whose result is not an int of at
    /// least 0.</exception>
    public static Value Length(ScriptContext context, in Value container) => container.Ref switch
    {
        ListObject list => Value.FromInt(list.Count),
        ScriptString text => Value.FromInt(text.Length),
        MapObject map => Value.FromInt(map.Count),
        SetObject set => Value.FromInt(set.Count),
        BytesObject bytes => Value.FromInt(bytes.Items.Length),
        RangeObject range => LengthOf(context, range),
        TupleObject tuple => Value.FromInt(tuple.Count),
        HostCollection collection => Value.FromInt(collection.Count),
        StructObject { Shape.Hooks.Length: { } hook } instance => CheckLength(instance, context.InvokeMethod(hook, container, [])),
        _ => throw Throw.TypeError($"{Throw.TypeName(container)} has no length"),
    };

    /// <summary>Converts a value to be stored into bytes.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a value that is not an int; ValueError for an int outside 0 to 255.</exception>
    public static byte ToByte(in Value value)
    {
        if (value.IsInt && (ulong)value.AsInt <= byte.MaxValue)
        {
            return (byte)value.AsInt;
        }

        throw value.IsAnyInt
            ? Throw.ValueError("an element of bytes must be from 0 to 255")
            : Throw.TypeError($"an element of bytes must be an int, not {Throw.TypeName(value)}");
    }

    /// <summary>Checks that an index lies inside a container of the given length, and returns it.</summary>
    /// <exception cref="ScriptErrorException">
    /// IndexError for an index outside the container; TypeError for a value that is not an int.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CheckIndex(in Value index, int length, string what)
    {
        if (index.IsInt && (ulong)index.AsInt < (ulong)length)
        {
            return (int)index.AsInt;
        }

        throw index.IsAnyInt
            ? Throw.IndexOutOfRange(index, length, what)
            : Throw.TypeError($"the index of a {what} must be an int, not {Throw.TypeName(index)}");
    }

    /// <summary>The index of the first item, at or after <paramref name="start"/>, that equals a value; -1 when there is none.</summary>
    public static int IndexOf(ScriptContext context, ReadOnlySpan<Value> items, in Value item, int start = 0)
    {
        for (int i = start; i < items.Length; i++)
        {
            ChargeEvery(context, i);
            if (Equality.AreEqual(context, items[i], item))
            {
                return i;
            }
        }

        return -1;
    }

    private static void ChargeEvery(ScriptContext context, int index)
    {
        if (index % ChargeUnit == 0)
        {
            context.Charge(ChargeUnit >> 2);
        }
    }

    /// <summary>Slices by a range value, as by a range in source code: <c>var r = 1..3; xs[r]</c>.</summary>
    private static Value Slice(ScriptContext context, in Value container, RangeObject range)
    {
        if (range.Step != 1 || range.BigBounds is not null)
        {
            throw Throw.IndexError("a slice needs a range of step 1 inside the container");
        }

        long end = range.IsInclusive && range.Stop < long.MaxValue ? range.Stop + 1 : range.Stop;
        return Slice(context, container, Value.FromInt(range.Start), Value.FromInt(end));
    }

    private static int CheckBound(in Value bound, int length)
    {
        if (bound.IsInt && (ulong)bound.AsInt <= (ulong)length)
        {
            return (int)bound.AsInt;
        }

        throw bound.IsAnyInt
            ? Throw.IndexError($"a bound of the slice is outside 0 to {length}")
            : Throw.TypeError($"a bound of a slice must be an int, not {Throw.TypeName(bound)}");
    }

    private static Value LengthOf(ScriptContext context, RangeObject range)
    {
        if (range.Count < long.MaxValue)
        {
            return Value.FromInt(range.Count);
        }

        return Value.FromBig(range.ExactCount(context));
    }

    private static Value CheckLength(StructObject instance, in Value length)
    {
        if (length.IsInt && length.AsInt >= 0)
        {
            return length;
        }

        bool isTooLarge = length.Ref is BigInt { Value.Sign: > 0 };
        throw Throw.TypeError($"__len of {instance.TypeName} must return an int {(isTooLarge ? "that fits 64 bits" : "of at least 0")}, "
            + $"not {(length.IsAnyInt ? Throw.IntText(length) : Throw.TypeName(length))}");
    }
}
