using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <content>
/// Maps and sets. A lookup gives the position of an entry, or -1; other helpers load and store there, so a key that is read and then stored
/// is looked up once. A str as a key charges by its length, an int nothing; any other key may need a hook, and a struct's hook makes the
/// region exit. Everything is converted, looked up and charged before the table changes.
/// </content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper TableCount = Row(nameof(CountKeys), IrType.Int, Pure, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>A counter that changes with every key added or removed.</summary>
    public static readonly RegionHelper TableVersion = Row(nameof(VersionOf), IrType.Int, Pure, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>The first position after the given one that holds an entry; -1 when there is none.</summary>
    public static readonly RegionHelper TableNext = Row(nameof(NextPosition), IrType.Int, Pure, reads: IrMemory.TableKeys);

    public static readonly RegionHelper TableFindInt = Row(nameof(FindNumber), IrType.Int, Pure, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>The position of a str; <see cref="ChargeStrs"/> has charged it.</summary>
    public static readonly RegionHelper TableFindStr = Row(nameof(FindText), IrType.Int, Pure, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>The position of any key, as a value that is an int.</summary>
    public static readonly RegionHelper TableFind = Row(nameof(FindKey), IrType.Any, Charges, Contents);

    /// <summary>The key at a position that holds an entry.</summary>
    public static readonly RegionHelper TableKey = Row(nameof(ReadKeyAt), IrType.Any, Pure, reads: IrMemory.TableKeys);

    /// <summary>The value at a position; the default when the position is -1.</summary>
    public static readonly RegionHelper MapValueOr = Row(nameof(ReadValueOr), IrType.Any, Pure, reads: IrMemory.Tables);

    /// <summary>
    /// Stores under a key that was found at a position, or, when that is -1, under one that is looked up. Both charge for the key.
    /// </summary>
    public static readonly RegionHelper MapStore = Row(nameof(StoreAt), IrType.None, Charges, Contents, IrMemory.Tables);

    /// <summary>Whether a map stores keys and values unchanged.</summary>
    public static readonly RegionHelper MapTakesPlain = Row(
        nameof(IsPlainMap), IrType.Bool, Pure, reads: IrMemory.TableKeys, isTotal: true);

    /// <summary>A new map of alternating keys and values.</summary>
    public static readonly RegionHelper NewMapOf = Row(nameof(MakeMap), IrType.Map, Computes, Contents);

    /// <summary>Adds an element; whether it was not there yet, as a value that is a bool.</summary>
    public static readonly RegionHelper SetAdd = Row(nameof(AddElement), IrType.Any, Charges, Contents, IrMemory.Tables);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountKeys(HashTable table) => table.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long VersionOf(HashTable table) => table.Version;

    internal static long NextPosition(HashTable table, long position) => table.NextPosition((int)position + 1);

    internal static long FindNumber(HashTable table, long key) => table.PositionOf(key);

    [MethodImpl(MethodImplOptions.NoInlining)]
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

    internal static bool StoreAt(
        ScriptContext context, MapObject map, long position, object? key, long keyBits, object? value, long valueBits)
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
            context.ChargeMemory(HashTable.EmptyBytes);
            MapObject map = new();
            ReadOnlySpan<Value> items = NativeArguments.Span(ref pairs, count);
            for (int i = 0; i < count; i += 2)
            {
                map.Set(context, items[i], items[i + 1]);
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

    /// <summary>Whether a hook computes the hash of a key. A key inside of a tuple is found as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsHookedKey(object? key) =>
        ScriptObject.IsStruct(key) && Runtime.Semantics.Hashing.HasKeyHooks(Unsafe.As<StructObject>(key!));
}
