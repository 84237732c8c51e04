using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>Lists of any storage, and indexing of any container.</summary>
internal static class ListHelpers
{
    /// <summary>
    /// Whether all elements of a range lie from 0 to below a length. The inputs are the element before the first, the step, the number of
    /// elements, and the length.
    /// </summary>
    [RegionHelper(IrType.Bool, Pure)]
    internal static bool ElementsAreInside(long before, long step, long count, long length)
    {
        if (count <= 0)
        {
            return true;
        }

        // The way from an element inside to another one inside fits into 64 bits.
        return ExactInt.Add(before, step) is { } first && (ulong)first < (ulong)length
            && ExactInt.Multiply(step, count - 1) is { } way && ExactInt.Add(first, way) is { } last && (ulong)last < (ulong)length;
    }

    /// <summary>The element of a list of any storage.</summary>
    [RegionHelper(IrType.Any, IrEffects.Exits, Reads = Lists, Borrowed = 1, Loads = true)]
    internal static Value ReadElement(ListObject list, long index) => (ulong)index < (ulong)list.Count ? list.Get((int)index) : Exit;

    /// <summary>Stores into a list of any storage, which may widen it.</summary>
    [RegionHelper(IrType.None, Charges, Reads = IrMemory.ListHeaders, Writes = Lists, Borrowed = 1, Stored = 4)]
    internal static bool StoreElement(ScriptContext context, ListObject list, long index, object? value, long bits)
    {
        if ((ulong)index >= (ulong)list.Count)
        {
            return false;
        }

        Account account = new(context);
        try
        {
            list.Set(context, (int)index, new Value(value, bits));
            return true;
        }
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return false;
        }
    }

    /// <summary><c>container[index]</c> for every container and index.</summary>
    [RegionHelper(IrType.Any, Computes, Reads = Contents)]
    internal static Value ReadIndex(ScriptContext context, object? container, long containerBits, object? index, long indexBits)
    {
        Value at = new(index, indexBits);
        if (container is ScriptString text && at.IsInt && (ulong)indexBits < (ulong)text.Length)
        {
            return Value.FromObject(ScriptString.FromChar(text[(int)indexBits]));
        }

        return ScriptObject.MayRunCode(container) || TableHelpers.IsHookedKey(index)
            ? Exit
            : GetIndex(context, container, containerBits, index, indexBits);
    }

    /// <summary><c>container[index]</c>; leaves when that fails.</summary>
    internal static Value GetIndex(ScriptContext context, object? container, long containerBits, object? index, long indexBits)
    {
        Account account = new(context);
        try
        {
            return Indexing.Get(context, new Value(container, containerBits), new Value(index, indexBits));
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary><c>container[index] = value</c> for every container and index.</summary>
    [RegionHelper(IrType.None, Charges, Reads = Contents, Writes = Contents)]
    internal static bool StoreIndex(
        ScriptContext context, object? container, long containerBits, object? index, long indexBits, object? value, long bits) =>
        !ScriptObject.MayRunCode(container) && !TableHelpers.IsHookedKey(index)
        && SetIndex(context, container, containerBits, index, indexBits, value, bits);

    /// <summary><c>container[index] = value</c>; false when that fails.</summary>
    [RegionHelper(IrType.None, Charges, Reads = Contents, Writes = IrMemory.HostElements)]
    internal static bool SetIndex(
        ScriptContext context, object? container, long containerBits, object? index, long indexBits, object? value, long bits)
    {
        Account account = new(context);
        try
        {
            Indexing.Set(context, new Value(container, containerBits), new Value(index, indexBits), new Value(value, bits));
            return true;
        }
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return false;
        }
    }

    /// <summary><c>container[from..to]</c>, nil for an open end.</summary>
    [RegionHelper(IrType.Any, Computes, Reads = Contents)]
    internal static Value CutSlice(
        ScriptContext context, object? container, long containerBits, object? from, long fromBits, object? to, long toBits)
    {
        Account account = new(context);
        try
        {
            return Indexing.Slice(context, new Value(container, containerBits), new Value(from, fromBits), new Value(to, toBits));
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary><c>item in container</c> as a value that is a bool; the container comes first.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value ContainsItem(ScriptContext context, object? container, long containerBits, object? item, long itemBits) =>
        ScriptObject.IsStruct(container)
            ? Exit
            : Guarded(context, &Indexing.Contains, new Value(container, containerBits), new Value(item, itemBits));

    /// <summary>The builtin <c>length</c>, as a value that is an int.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    internal static Value LengthOf(ScriptContext context, object? container, long containerBits)
    {
        Account account = new(context);
        try
        {
            return ScriptObject.IsStruct(container) ? Exit : Indexing.Length(context, new Value(container, containerBits));
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }
}
