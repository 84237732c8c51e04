using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Maps and sets. A lookup gives the position of an entry, or -1; other helpers load and store there, so a key that is read and then stored
/// is looked up once. A str as a key charges by its length, an int nothing; any other key may need a hook, and a struct's hook makes the
/// region exit. Everything is converted, looked up and charged before the table changes.
/// </summary>
internal static class TableHelpers
{
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, IsTotal = true, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountKeys(HashTable table) => table.Count;

    /// <summary>A counter that changes with every key added or removed.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, IsTotal = true, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long VersionOf(HashTable table) => table.Version;

    /// <summary>The first position after the given one that holds an entry; -1 when there is none.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, Borrowed = 1)]
    internal static long NextPosition(HashTable table, long position) => table.NextPosition((int)position + 1);

    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, IsTotal = true, Borrowed = 1)]
    internal static long FindNumber(HashTable table, long key) => table.PositionOf(key);

    /// <summary>The position of a str; <see cref="TextHelpers.ChargeTexts"/> has charged it.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, IsTotal = true, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long FindText(HashTable table, ScriptString key) => table.PositionOf(key);

    /// <summary>The position of a str that the code knows; <see cref="TextHelpers.ChargeTexts"/> has charged it.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, IsTotal = true, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long FindKnown(HashTable table, KnownKey key) => key.PositionIn(table);

    /// <summary>The position of a tuple of two ints.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, IsTotal = true, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long FindPair(HashTable table, long first, long second) => table.PositionOf(first, second);

    /// <summary>The position of a tuple of three ints.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, IsTotal = true, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long FindTriple(HashTable table, long first, long second, long third) => table.PositionOf(first, second, third);

    /// <summary>The position of any key, as a value that is an int.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents, Borrowed = 3)]
    internal static Value FindKey(ScriptContext context, HashTable table, object? key, long keyBits)
    {
        if (TupleObject.From(key) is { } tuple && table.TryPositionOf(tuple, out int position))
        {
            return Value.FromInt(position);
        }

        return FindOther(context, table, key, keyBits);
    }

    private static Value FindOther(ScriptContext context, HashTable table, object? key, long keyBits)
    {
        if (IsHookedKey(key))
        {
            return Exit;
        }

        Account account = new(context);
        try
        {
            return Value.FromInt(table.PositionOf(context, new Value(key, keyBits)));
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary>The key at a position that holds an entry.</summary>
    [RegionHelper(IrType.Any, Pure, Reads = IrMemory.TableKeys, Borrowed = 1, Loads = true)]
    internal static Value ReadKeyAt(HashTable table, long position)
    {
        table.TryKeyAt((int)position, out Value key);
        return key;
    }

    /// <summary>The value at a position; the default when the position is -1.</summary>
    [RegionHelper(IrType.Any, Pure, Reads = IrMemory.Tables, Borrowed = 1, KeepsParts = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value ReadValueOr(MapObject map, long position, object? other, long otherBits) =>
        position >= 0 ? map.ValueAt((int)position) : new Value(other, otherBits);

    /// <summary>
    /// Stores under a key that was found at a position, or, when that is -1, under one that is looked up. Both charge for the key.
    /// </summary>
    [RegionHelper(IrType.None, Charges, Reads = Contents, Writes = IrMemory.Tables, Borrowed = 1, Stored = 12)]
    internal static bool StoreAt(
        ScriptContext context, MapObject map, long position, object? key, long keyBits, object? value, long valueBits)
    {
        if (position >= 0 && IsPlainMap(map))
        {
            if (key is ScriptString text && !TextHelpers.ChargeTexts(context, text, text))
            {
                return false;
            }

            KindHelpers.StoreValue(ref map.ValueAt((int)position), value, valueBits);
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
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return false;
        }
    }

    /// <summary>As <see cref="StoreAt"/>, under a key that the source writes as the name of a member.</summary>
    [RegionHelper(IrType.None, Charges, Reads = Contents, Writes = IrMemory.Tables, Borrowed = 1, Stored = 12)]
    internal static bool StoreMember(
        ScriptContext context, MapObject map, long position, object? key, long keyBits, object? value, long valueBits)
    {
        if (position < 0)
        {
            map.BeginMembers(context);
        }

        return StoreAt(context, map, position, key, keyBits, value, valueBits);
    }

    /// <summary>Whether a map stores keys and values unchanged.</summary>
    [RegionHelper(IrType.Bool, Pure, Reads = IrMemory.TableKeys, IsTotal = true, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsPlainMap(MapObject map) => map.Annotation is null;

    /// <summary>A new map of alternating keys and values.</summary>
    [RegionHelper(IrType.Map, Computes, Reads = Contents)]
    internal static MapObject? MakeMap(ScriptContext context, ref Value pairs, int count)
    {
        Account account = new(context);
        try
        {
            ReadOnlySpan<Value> items = NativeArguments.Span(ref pairs, count);
            MapObject map = MapObject.ForPairs(context, count / 2, items.IsEmpty ? default : items[0]);
            for (int i = 0; i < count; i += 2)
            {
                map.Set(context, items[i], items[i + 1]);
            }

            return map;
        }
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return null;
        }
    }

    /// <summary>A new map of keys that the code knows, which cost no steps, and of these values.</summary>
    [RegionHelper(IrType.Map, Computes, Reads = Contents)]
    internal static MapObject? MakeRecord(ScriptContext context, KnownKeys keys, ref Value values, int count)
    {
        Account account = new(context);
        try
        {
            ReadOnlySpan<Value> items = NativeArguments.Span(ref values, count);
            return MapObject.OfKeys(context, keys, items);
        }
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return null;
        }
    }

    /// <summary>Adds an element; whether it was not there yet, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents, Writes = IrMemory.Tables)]
    internal static Value AddElement(ScriptContext context, SetObject set, object? item, long itemBits)
    {
        if (IsHookedKey(item))
        {
            return Exit;
        }

        Account account = new(context);
        try
        {
            return Value.FromBool(set.Add(context, new Value(item, itemBits)));
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary>Whether a hook computes the hash of a key. A key inside of a tuple is found as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsHookedKey(object? key) =>
        ScriptObject.IsStruct(key) && Hashing.HasKeyHooks(Unsafe.As<StructObject>(key!));
}
