using System;
using System.Diagnostics;
using System.Numerics;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Checks and converts values that are stored into annotated slots. Ints wrap to the width of the slot, a float slot converts an int to a
/// float, and an <c>f32</c> slot rounds. A list, map or set is checked by kind only. The elements of a tuple are slots themselves, because
/// they can't change afterwards.
/// </summary>
internal static class SlotCheck
{
    /// <summary>Stands for a name that is no case of an enum, so that a pattern with it takes every value.</summary>
    private static readonly object AnyValue = new();

    /// <summary>Checks and converts a value as a store into a slot of this type does.</summary>
    /// <exception cref="ScriptErrorException">TypeError that names the slot, the expected type and the value's type.</exception>
    public static void Convert(ScriptContext context, BoundType type, ref Value value)
    {
        if (type.Kind == SlotKind.Any)
        {
            return;
        }

        switch (type.Kind.Store())
        {
            case SlotStore.Wraps when value.IsAnyInt:
                value = Wrap(type.Kind, value);
                return;
            case SlotStore.Rounds when value.IsNumber:
                double number = value.IsFloat ? value.AsFloat : Conversion.IntToFloat(value);
                value.SetFloat(type.Kind == SlotKind.F32 ? (float)number : number);
                return;
            case SlotStore.ConvertsElements when type.ArgumentCount > 0 && TupleObject.From(value.Ref) is { } tuple:
                ConvertTuple(context, type, tuple, ref value);
                return;
        }

        if (Matches(type, value))
        {
            return;
        }

        BoundType? converting = FindDeclared(type) ?? FindConverting(type, value);
        if (converting is null)
        {
            throw Refused(type, value);
        }

        Convert(context, converting, ref value);
    }

    /// <summary>Whether a pattern of this type matches the value: whether a slot of this type would store the value unchanged.</summary>
    public static bool Matches(BoundType type, in Value value) => IsOfKind(type, value) || (value.IsNil && type.Type.IsNullable);

    /// <summary>The initial value of a variable of this type: 0, 0.0, false, an empty str or container, otherwise nil.</summary>
    public static Value Default(BoundType type) => type.Type.IsNullable ? Value.Nil : SlotInfo.Of(type.Kind).Default switch
    {
        SlotDefault.Nil => Value.Nil,
        SlotDefault.False => Value.False,
        SlotDefault.IntZero => Value.FromInt(0),
        SlotDefault.FloatZero => Value.FromFloat(0.0),
        SlotDefault.EmptyStr => Value.FromObject(ScriptString.Empty),
        SlotDefault.EmptyContainer => NewContainer(type),
    };

    /// <summary>The size in bytes of a container from <see cref="NewContainer"/>.</summary>
    public static long ContainerBytes(BoundType type) => type.Kind == SlotKind.List ? ListObject.EmptyBytes : HashTable.EmptyBytes;

    /// <summary>An empty list, map or set that carries the element types. The caller charges <see cref="ContainerBytes"/>.</summary>
    public static Value NewContainer(BoundType type) => Value.FromObject(type.Kind switch
    {
        SlotKind.List => new ListObject { ElementType = type.Argument(0) },
        SlotKind.Map => new MapObject { Annotation = MapObject.AnnotationOf(type) },
        SlotKind.Set => new SetObject { ElementType = type.Argument(0) },
        _ => throw new UnreachableException("Only containers carry element types."),
    });

    /// <summary>Sets the element types of a new container and converts its elements. A value of another kind stays as it is.</summary>
    /// <exception cref="ScriptErrorException">TypeError for an element that the element type does not accept.</exception>
    public static void SetElementTypes(ScriptContext context, BoundType type, in Value container)
    {
        switch (container.Ref)
        {
            case ListObject list when type.Kind == SlotKind.List:
                list.ElementType = type.Argument(0);
                for (int i = 0; list.ElementType is not null && i < list.Count; i++)
                {
                    context.Charge(1);
                    list.Set(context, i, list.Get(i));
                }

                list.Narrow(context);
                return;
            case MapObject map when type.Kind == SlotKind.Map:
                map.Annotation = MapObject.AnnotationOf(type);
                ConvertMap(context, map);
                return;
            case SetObject set when type.Kind == SlotKind.Set:
                set.ElementType = type.Argument(0);
                ConvertSet(context, set);
                return;
            default:
                return;
        }
    }

    /// <summary>Wraps an int to the width of the slot: keeps its low bits, in two's complement.</summary>
    public static Value Wrap(SlotKind kind, in Value value)
    {
        if (!value.IsInt)
        {
            return WrapBits(kind, (long)ulong.CreateTruncating(value.AsBig));
        }

        return kind == SlotKind.U64 && value.AsInt >= 0 ? value : WrapBits(kind, value.AsInt);
    }

    /// <summary>
    /// The int that a slot of this kind stores for an int of 64 bits. False when it needs more bits (a u64 for a negative int) or the slot
    /// takes no int.
    /// </summary>
    public static bool TryConvert(SlotKind kind, ref long bits)
    {
        if (!kind.IsSizedInt())
        {
            return kind is SlotKind.Any or SlotKind.Int;
        }

        switch (kind)
        {
            case SlotKind.I64:
                return true;
            case SlotKind.I8:
                bits = (sbyte)bits;
                return true;
            case SlotKind.I16:
                bits = (short)bits;
                return true;
            case SlotKind.I32:
                bits = (int)bits;
                return true;
            case SlotKind.U8:
                bits = (byte)bits;
                return true;
            case SlotKind.U16:
                bits = (ushort)bits;
                return true;
            case SlotKind.U32:
                bits = (uint)bits;
                return true;
            case SlotKind.U64:
                return bits >= 0;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The float that a slot of this kind stores for a float; false when the slot takes none.</summary>
    public static bool TryConvert(SlotKind kind, ref double number)
    {
        number = kind == SlotKind.F32 ? (float)number : number;
        return kind is SlotKind.Any or SlotKind.Float or SlotKind.F32;
    }

    public static bool TakesBool(SlotKind kind) => kind is SlotKind.Any or SlotKind.Bool;

    private static Value WrapBits(SlotKind kind, long bits) =>
        TryConvert(kind, ref bits) ? Value.FromInt(bits) : Value.FromBig(new BigInteger((ulong)bits));

    private static bool AreSameInt(in Value a, in Value b) => a.IsInt ? b.IsInt && a.AsInt == b.AsInt : !b.IsInt && a.AsBig == b.AsBig;

    /// <summary>Whether a slot that is not nullable would store the value unchanged.</summary>
    private static bool IsOfKind(BoundType type, in Value value) => type.Kind switch
    {
        SlotKind.Any => true,
        SlotKind.Nil => value.IsNil,
        SlotKind.Bool => value.IsBool,
        SlotKind.Int => value.IsAnyInt,
        SlotKind.I8 or SlotKind.I16 or SlotKind.I32 or SlotKind.I64 or SlotKind.U8 or SlotKind.U16 or SlotKind.U32 or SlotKind.U64 =>
            value.IsAnyInt && AreSameInt(Wrap(type.Kind, value), value),
        SlotKind.Float => value.IsFloat,
        SlotKind.F32 => value.IsFloat && (double.IsNaN(value.AsFloat) || (float)value.AsFloat == value.AsFloat),
        SlotKind.Str => value.Ref is ScriptString,
        SlotKind.List => value.Ref is ListObject or HostList,
        SlotKind.Map => value.Ref is MapObject or HostMap,
        SlotKind.Set => value.Ref is SetObject or HostSet,
        SlotKind.Tuple => TupleObject.From(value.Ref) is { } tuple && (type.ArgumentCount == 0 || MatchesTuple(type, tuple)),
        SlotKind.Range => value.Ref is RangeObject,
        SlotKind.Bytes => value.Ref is BytesObject,
        SlotKind.Proc => value.Ref is ScriptObject { Kind: ValueKind.Proc or ValueKind.StructType },
        SlotKind.Struct => FindNamed(type, out _) switch
        {
            Shape shape => value.Ref is StructObject instance && instance.Shape.Is(shape),
            EnumType of => value.Ref is StructObject instance && ReferenceEquals(instance.Shape.Enum, of),
            StructObject plain => ReferenceEquals(value.Ref, plain),
            HostType host => host.Accepts(value),
            DeclaredType declared => Matches(type.Follow(declared), value),
            object any when ReferenceEquals(any, AnyValue) => true,
            _ => false,
        },
        SlotKind.Task => value.Ref is TaskObject,
        SlotKind.Iterator => value.Ref is ScriptIterator,
        SlotKind.Error => value.Ref is ErrorObject,
        SlotKind.Channel => value.Ref is ScriptObject { Kind: ValueKind.Channel },
        SlotKind.Host when type.Type.IsOfLibrary =>
            value.Ref is HostObject { Type: { IsOfLibrary: true } own } && own.Name == type.Type.StructName,
        SlotKind.Host => value.Ref is HostObject && FindHostType(type) is { } host && host.Accepts(value),
        SlotKind.Union => MatchesMember(type, value),
        SlotKind.Frozen => false,
    };

    private static bool MatchesMember(BoundType union, in Value value)
    {
        for (int i = 0; i < union.ArgumentCount; i++)
        {
            if (union.Argument(i) is { } member && IsOfKind(member, value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first type of a union that converts a value which none of them keeps; null if there is none.</summary>
    private static BoundType? FindConverting(BoundType type, in Value value)
    {
        for (int i = 0; type.Kind == SlotKind.Union && i < type.ArgumentCount; i++)
        {
            if (type.Argument(i) is { } member && CanConvert(member, value))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>The type that an annotation's name stands for, if it is the name of another type; null for structs.</summary>
    public static BoundType? FindDeclared(BoundType type) =>
        type.Kind == SlotKind.Struct && FindNamed(type, out _) is DeclaredType declared ? type.Follow(declared) : null;

    /// <summary>The host type that an annotation names; null in a module that no engine has linked.</summary>
    public static HostType? FindHostType(BoundType type) =>
        type.Module is { } module && (uint)type.Type.ModuleSlot < (uint)module.Externals.Length
            ? module.Externals[type.Type.ModuleSlot].Value.Ref as HostType
            : null;

    /// <summary>The struct type that an annotation names; null before its declaration or import has run.</summary>
    public static Shape? FindShape(BoundType type) => FindShape(type, out _);

    /// <summary>
    /// The struct type that an annotation names from now on; null before its declaration or import has run, and for a <c>var</c> of another
    /// module, which may name another struct later.
    /// </summary>
    public static Shape? FindLastingShape(BoundType type)
    {
        Shape? shape = FindShape(type, out bool isVariable);
        return isVariable ? null : shape;
    }

    /// <summary>The enum that an annotation names; null for other types.</summary>
    public static EnumType? FindEnum(BoundType type) => FindNamed(type, out _) as EnumType;

    /// <summary>The enum that an annotation names from now on, as <see cref="FindLastingShape"/>.</summary>
    public static EnumType? FindLastingEnum(BoundType type) =>
        FindNamed(type, out bool isVariable) is EnumType found && !isVariable ? found : null;

    private static Shape? FindShape(BoundType type, out bool isVariable) => FindNamed(type, out isVariable) switch
    {
        Shape shape => shape,
        DeclaredType { Type: { Kind: SlotKind.Struct } declared } => FindShape(declared, out isVariable),
        _ => null,
    };

    /// <summary>
    /// What an annotation's name stands for: a <see cref="Shape"/>, an <see cref="EnumType"/>, the value of a case without fields, or a
    /// <see cref="DeclaredType"/>; something else or null before its declaration or import has run.
    /// </summary>
    private static object? FindNamed(BoundType type, out bool isVariable)
    {
        isVariable = false;
        SlotType named = type.Type;
        if (type.Module is not { } module || (uint)named.ModuleSlot >= (uint)module.Slots.Length)
        {
            return null;
        }

        object? found = module.Slots[named.ModuleSlot].Ref;
        if (named.MemberName is null)
        {
            return found;
        }

        int dot = named.MemberName.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return MemberOf(found, named.MemberName, ref isVariable);
        }

        found = MemberOf(found, named.MemberName[..dot], ref isVariable);
        return MemberOf(found, named.MemberName[(dot + 1)..], ref isVariable);
    }

    /// <summary>What a member of a module is, or a case of an enum: its struct, or its value if it has no fields.</summary>
    private static object? MemberOf(object? owner, string name, ref bool isVariable)
    {
        if (name[^1] == SlotType.IfDeclared)
        {
            return (owner as EnumType)?.FindCase(name[..^1]) is { } found ? found.Value ?? (object?)found.Shape : AnyValue;
        }

        if (owner is EnumType type)
        {
            return type.FindCase(name) is { } member ? member.Value ?? (object?)member.Shape : null;
        }

        if (owner is not ModuleInstance other || !other.TryGetExport(name, out int slot))
        {
            return null;
        }

        isVariable |= other.Compiled?.Variables[slot].Kind == ModuleVariableKind.Var;
        return other.Slots[slot].Ref;
    }

    private static void ConvertTuple(ScriptContext context, BoundType type, TupleObject tuple, ref Value value)
    {
        if (tuple.Count != type.ArgumentCount)
        {
            throw Throw.TypeError($"{type.SlotName} must be {type.Type.Display()}, but the tuple has {Counts.Of(tuple.Count, "element")}");
        }

        Value[]? converted = null;
        for (int i = 0; i < tuple.Count; i++)
        {
            Value item = tuple.Items[i];
            if (type.Argument(i) is { } expected && !Matches(expected, item))
            {
                ConvertItem(context, type, expected, ref item);
                converted ??= CopyItems(context, tuple);
                converted[i] = item;
            }
        }

        if (converted is not null)
        {
            value = Value.FromObject(TupleObject.Of(converted));
        }
    }

    private static void ConvertItem(ScriptContext context, BoundType type, BoundType expected, ref Value item)
    {
        if (!CanConvert(expected, item))
        {
            throw Throw.TypeError(
                $"{type.SlotName} must be {type.Type.Display()}, but an element that must be {expected.Type.Display()} is "
                    + $"{Throw.TypeName(item)}");
        }

        Convert(context, expected, ref item);
    }

    private static bool CanConvert(BoundType expected, in Value item) => expected.Kind.Store() switch
    {
        SlotStore.Keeps => FindDeclared(expected) is { } declared && (Matches(declared, item) || CanConvert(declared, item)),
        SlotStore.Wraps => item.IsAnyInt,
        SlotStore.Rounds => item.IsNumber,
        SlotStore.ConvertsElements => TupleObject.From(item.Ref) is { } tuple && CanConvertItems(expected, tuple),
        SlotStore.Chooses => FindConverting(expected, item) is not null,
    };

    private static bool CanConvertItems(BoundType expected, TupleObject tuple)
    {
        bool canConvert = expected.ArgumentCount == 0 || tuple.Count == expected.ArgumentCount;
        for (int i = 0; canConvert && i < expected.ArgumentCount; i++)
        {
            canConvert = expected.Argument(i) is not { } part || Matches(part, tuple.Items[i]) || CanConvert(part, tuple.Items[i]);
        }

        return canConvert;
    }

    private static Value[] CopyItems(ScriptContext context, TupleObject tuple)
    {
        context.ChargeMemory(tuple.OwnBytes);
        return tuple.Items.ToArray();
    }

    private static bool MatchesTuple(BoundType type, TupleObject tuple)
    {
        bool matches = tuple.Count == type.ArgumentCount;
        for (int i = 0; matches && i < tuple.Count; i++)
        {
            matches = type.Argument(i) is not { } expected || Matches(expected, tuple.Items[i]);
        }

        return matches;
    }

    /// <summary>Stores the entries again, in order: conversion may change keys and make two of them equal.</summary>
    private static void ConvertMap(ScriptContext context, MapObject map)
    {
        if (map.Count == 0 || map.Annotation is null)
        {
            return;
        }

        context.ChargeMemory(32L * map.Count);
        Value[] entries = new Value[2 * map.Count];
        int count = 0;
        for (int i = 0; i < map.EntryLimit; i++)
        {
            if (map.TryEntryAt(i, out entries[count], out entries[count + 1]))
            {
                count += 2;
            }
        }

        map.Clear(context);
        for (int i = 0; i < count; i += 2)
        {
            context.Charge(1);
            map.Set(context, entries[i], entries[i + 1]);
        }
    }

    private static void ConvertSet(ScriptContext context, SetObject set)
    {
        if (set.Count == 0 || set.ElementType is null)
        {
            return;
        }

        context.ChargeMemory(16L * set.Count);
        Value[] items = new Value[set.Count];
        int count = 0;
        for (int i = 0; i < set.EntryLimit; i++)
        {
            if (set.TryEntryAt(i, out Value item))
            {
                items[count++] = item;
            }
        }

        set.Clear(context);
        for (int i = 0; i < count; i++)
        {
            context.Charge(1);
            set.Add(context, items[i]);
        }
    }

    private static ScriptErrorException Refused(BoundType type, in Value value) => type.Kind == SlotKind.Frozen
        ? Throw.Frozen(type.SlotName)
        : Throw.TypeError($"{type.SlotName} must be {type.Type.Display()}, not "
            + $"{(value.Ref is Shape shape ? $"the struct {shape.Name} itself"
                : value.Ref is HostType host ? $"the type {host.Name} itself" : Throw.TypeName(value))}");
}
