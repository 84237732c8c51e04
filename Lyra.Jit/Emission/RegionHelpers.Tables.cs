using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>
/// Maps and sets. Looking a key up gives the position of its entry, -1 where there is none; what is read or stored there is another helper's, so that
/// a key that is read and then stored is looked up once. A str as a key charges by its length, an int nothing; any other may need a hook, and a struct's
/// leaves the region. Everything that is stored is converted, looked up and charged before the table changes.
/// </content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper TableCount = Row(nameof(CountKeys), IrType.Int, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>What changes with every key added or removed.</summary>
    public static readonly RegionHelper TableVersion = Row(nameof(VersionOf), IrType.Int, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>The first position behind the given one that holds an entry; -1 when there is none.</summary>
    public static readonly RegionHelper TableNext = Row(nameof(NextPosition), IrType.Int, reads: IrMemory.TableKeys);

    public static readonly RegionHelper TableFindInt = Row(nameof(FindNumber), IrType.Int, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>The position of a str; <see cref="ChargeStrs"/> has charged it.</summary>
    public static readonly RegionHelper TableFindStr = Row(nameof(FindText), IrType.Int, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>The position of any key, as a value that is an int.</summary>
    public static readonly RegionHelper TableFind = Row(nameof(FindKey), IrType.Any, Charges, Contents);

    /// <summary>The key at a position that holds an entry.</summary>
    public static readonly RegionHelper TableKey = Row(nameof(ReadKeyAt), IrType.Any, reads: IrMemory.TableKeys);

    /// <summary>The value at a position; another one where that is -1.</summary>
    public static readonly RegionHelper MapValueOr = Row(nameof(ReadValueOr), IrType.Any, reads: IrMemory.Tables);

    /// <summary>Stores under a key that was found at a position, or is to be looked up where that is -1. Charges for the key in either case.</summary>
    public static readonly RegionHelper MapStore = Row(nameof(StoreAt), IrType.None, Charges, Contents, IrMemory.Tables);

    /// <summary>Whether a map takes keys and values as they are.</summary>
    public static readonly RegionHelper MapTakesPlain = Row(nameof(IsPlainMap), IrType.Bool, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>A new map of keys and values that come in turns.</summary>
    public static readonly RegionHelper NewMapOf = Row(nameof(MakeMap), IrType.Map, Computes, Contents);

    /// <summary>Adds an element; whether it was not there yet, as a value that is a bool.</summary>
    public static readonly RegionHelper SetAdd = Row(nameof(AddElement), IrType.Any, Charges, Contents, IrMemory.Tables);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountKeys(HashTable table) => table.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long VersionOf(HashTable table) => table.Version;

    internal static long NextPosition(HashTable table, long position) => table.NextPosition((int)position + 1);

    internal static long FindNumber(HashTable table, long key) => table.PositionOf(key);

    internal static long FindText(HashTable table, ScriptString key) => table.PositionOf(key);

    internal static Value FindKey(ScriptContext context, HashTable table, object? key, long keyBits)
    {
        if (IsHookedKey(key))
        {
            return Leave;
        }

        Account account = new(context);
        try
        {
            return Value.FromInt(table.PositionOf(context, new Value(key, keyBits)));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    internal static Value ReadKeyAt(HashTable table, long position)
    {
        table.TryKeyAt((int)position, out Value key);
        return key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value ReadValueOr(MapObject map, long position, object? other, long otherBits) =>
        position >= 0 ? map.ValueAt((int)position) : new Value(other, otherBits);

    internal static bool StoreAt(ScriptContext context, MapObject map, long position, object? key, long keyBits, object? value, long valueBits)
    {
        if (position >= 0 && IsPlainMap(map))
        {
            if (key is ScriptString text && !ChargeTexts(context, text, text))
            {
                return false;
            }

            StoreValue(ref map.ValueAt((int)position), value, valueBits);
            return true;
        }

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsPlainMap(MapObject map) => map.KeyType is null && map.ValueType is null;

    internal static MapObject? MakeMap(ScriptContext context, ref NativeArguments pairs, int count)
    {
        Account account = new(context);
        try
        {
            context.ChargeMemory(96);
            MapObject map = new();
            for (int i = 0; i < count; i += 2)
            {
                map.Set(context, pairs[i], pairs[i + 1]);
            }

            return map;
        }
        catch (Exception e) when (IsLeaving(e))
        {
            account.TakeBack();
            return null;
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

    /// <summary>Whether a key's hash is a hook's to say. One inside a tuple is found on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsHookedKey(object? key) =>
        ScriptObject.IsStruct(key) && Runtime.Semantics.Hashing.HasKeyHooks(Unsafe.As<StructObject>(key!));
}
