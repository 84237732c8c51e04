using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>
/// Maps and sets. A str or an int as a key charges nothing and needs no hook; any other may, and a struct's hook leaves the region. Everything that is
/// stored is converted, looked up and charged before the table changes.
/// </content>
internal static partial class RegionHelpers
{
    /// <summary>The value under a str, nil when it is absent.</summary>
    public static readonly RegionHelper MapGetStr = Row(nameof(ReadText), IrType.Any, reads: IrMemory.Tables);

    /// <summary>The value under an int, nil when it is absent.</summary>
    public static readonly RegionHelper MapGetInt = Row(nameof(ReadNumber), IrType.Any, reads: IrMemory.Tables);

    /// <summary>The value under any key, nil when it is absent.</summary>
    public static readonly RegionHelper MapGet = Row(nameof(ReadKey), IrType.Any, Charges, Contents);

    /// <summary>The value under any key, or another when it is absent.</summary>
    public static readonly RegionHelper MapGetOr = Row(nameof(ReadKeyOr), IrType.Any, Charges, Contents);

    /// <summary>Stores under any key.</summary>
    public static readonly RegionHelper MapSet = Row(nameof(StoreKey), IrType.None, Charges, Contents, IrMemory.Tables);

    /// <summary>Whether a map has a str as a key.</summary>
    public static readonly RegionHelper MapContainsStr = Row(nameof(HasText), IrType.Bool, reads: IrMemory.Tables);

    /// <summary>Whether a map has an int as a key.</summary>
    public static readonly RegionHelper MapContainsInt = Row(nameof(HasNumber), IrType.Bool, reads: IrMemory.Tables);

    /// <summary>Whether a map has a key, as a value that is a bool.</summary>
    public static readonly RegionHelper MapContains = Row(nameof(HasKey), IrType.Any, Charges, Contents);

    public static readonly RegionHelper MapCount = Row(nameof(CountEntries), IrType.Int, reads: IrMemory.Tables);

    /// <summary>A new map.</summary>
    public static readonly RegionHelper NewMap = Row(nameof(MakeMap), IrType.Map, IrEffects.Exits | IrEffects.Allocates);

    /// <summary>Whether a set has an int as an element.</summary>
    public static readonly RegionHelper SetContainsInt = Row(nameof(HasNumberElement), IrType.Bool, reads: IrMemory.Tables);

    /// <summary>Whether a set has an element, as a value that is a bool.</summary>
    public static readonly RegionHelper SetContains = Row(nameof(HasElement), IrType.Any, Charges, Contents);

    /// <summary>Adds an element; whether it was not there yet, as a value that is a bool.</summary>
    public static readonly RegionHelper SetAdd = Row(nameof(AddElement), IrType.Any, Charges, Contents, IrMemory.Tables);

    public static readonly RegionHelper SetCount = Row(nameof(CountElements), IrType.Int, reads: IrMemory.Tables);

    internal static Value ReadText(MapObject map, ScriptString key)
    {
        map.TryGetText(key, out Value value);
        return value;
    }

    internal static Value ReadNumber(ScriptContext context, MapObject map, long key)
    {
        map.TryGet(context, Value.FromInt(key), out Value value);
        return value;
    }

    internal static Value ReadKey(ScriptContext context, MapObject map, object? key, long keyBits) =>
        ReadKeyOr(context, map, key, keyBits, null, 0);

    internal static Value ReadKeyOr(ScriptContext context, MapObject map, object? key, long keyBits, object? fallback, long fallbackBits)
    {
        if (IsHookedKey(key))
        {
            return Leave;
        }

        Account account = new(context);
        try
        {
            return map.TryGet(context, new Value(key, keyBits), out Value value) ? value : new Value(fallback, fallbackBits);
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    internal static bool StoreKey(ScriptContext context, MapObject map, object? key, long keyBits, object? value, long valueBits)
    {
        if (IsHookedKey(key))
        {
            return false;
        }

        Account account = new(context);
        try
        {
            map.Set(context, new Value(key, keyBits), new Value(value, valueBits));
            return true;
        }
        catch (Exception e) when (IsLeaving(e))
        {
            account.TakeBack();
            return false;
        }
    }

    internal static bool HasText(MapObject map, ScriptString key) => map.TryGetText(key, out _);

    internal static bool HasNumber(ScriptContext context, MapObject map, long key) => map.ContainsKey(context, Value.FromInt(key));

    internal static Value HasKey(ScriptContext context, MapObject map, object? key, long keyBits)
    {
        if (IsHookedKey(key))
        {
            return Leave;
        }

        Account account = new(context);
        try
        {
            return Value.FromBool(map.ContainsKey(context, new Value(key, keyBits)));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    internal static long CountEntries(MapObject map) => map.Count;

    internal static MapObject? MakeMap(ScriptContext context) => context.TryChargeMemory(96) ? new MapObject() : null;

    internal static bool HasNumberElement(ScriptContext context, SetObject set, long item) => set.Contains(context, Value.FromInt(item));

    internal static Value HasElement(ScriptContext context, SetObject set, object? item, long itemBits)
    {
        if (IsHookedKey(item))
        {
            return Leave;
        }

        Account account = new(context);
        try
        {
            return Value.FromBool(set.Contains(context, new Value(item, itemBits)));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    internal static Value AddElement(ScriptContext context, SetObject set, object? item, long itemBits)
    {
        if (IsHookedKey(item))
        {
            return Leave;
        }

        Account account = new(context);
        try
        {
            return Value.FromBool(set.Add(context, new Value(item, itemBits)));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    internal static long CountElements(SetObject set) => set.Count;

    /// <summary>Whether a key's hash is a hook's to say. One inside a tuple is found on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsHookedKey(object? key) =>
        ScriptObject.IsStruct(key) && Runtime.Semantics.Hashing.HasKeyHooks(Unsafe.As<StructObject>(key!));
}
