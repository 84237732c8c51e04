using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <content>Lists of any storage, and indexing of any container.</content>
internal static partial class RegionHelpers
{
    /// <summary>The element of a list of any storage.</summary>
    public static readonly RegionHelper ListGetAny = Row(nameof(ReadElement), IrType.Any, IrEffects.Exits, Lists);

    /// <summary>Stores into a list of any storage, which may widen it.</summary>
    public static readonly RegionHelper ListSetAny = Row(nameof(StoreElement), IrType.None, Charges, IrMemory.ListHeaders, Lists);

    /// <summary><c>container[index]</c> for every container and index.</summary>
    public static readonly RegionHelper GetIndexAny = Row(nameof(ReadIndex), IrType.Any, Computes, Contents);

    /// <summary><c>container[index] = value</c> for every container and index.</summary>
    public static readonly RegionHelper SetIndexAny = Row(nameof(StoreIndex), IrType.None, Charges, Contents, Contents);

    /// <summary><c>container[from..to]</c>, nil for an open end.</summary>
    public static readonly RegionHelper SliceAny = Row(nameof(CutSlice), IrType.Any, Computes, Contents);

    /// <summary><c>item in container</c> as a value that is a bool; the container comes first.</summary>
    public static readonly RegionHelper ContainsAny = Row(nameof(ContainsItem), IrType.Any, Charges, Contents);

    /// <summary>The builtin <c>length</c>, as a value that is an int.</summary>
    public static readonly RegionHelper Length = Row(nameof(LengthOf), IrType.Any, Charges, Contents);

    /// <summary>
    /// Whether all elements of a range lie from 0 to below a length. The inputs are the element before the first, the step, the number of
    /// elements, and the length.
    /// </summary>
    public static readonly RegionHelper RangeIsInside = Row(nameof(ElementsAreInside), IrType.Bool, Pure);

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

    internal static Value ReadElement(ListObject list, long index) => (ulong)index < (ulong)list.Count ? list.Get((int)index) : Leave;

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
        catch (Exception e) when (IsLeaving(e))
        {
            account.TakeBack();
            return false;
        }
    }

    internal static Value ReadIndex(ScriptContext context, object? container, long containerBits, object? index, long indexBits)
    {
        Value at = new(index, indexBits);
        if (container is ScriptString text && at.IsInt && (ulong)indexBits < (ulong)text.Length)
        {
            return Value.FromObject(ScriptString.FromChar(text[(int)indexBits]));
        }

        return ScriptObject.MayRunCode(container) || IsHookedKey(index)
            ? Leave
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
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    internal static bool StoreIndex(
        ScriptContext context, object? container, long containerBits, object? index, long indexBits, object? value, long bits) =>
        !ScriptObject.MayRunCode(container) && !IsHookedKey(index)
        && SetIndex(context, container, containerBits, index, indexBits, value, bits);

    /// <summary><c>container[index] = value</c>; false when that fails.</summary>
    internal static bool SetIndex(
        ScriptContext context, object? container, long containerBits, object? index, long indexBits, object? value, long bits)
    {
        Account account = new(context);
        try
        {
            Indexing.Set(context, new Value(container, containerBits), new Value(index, indexBits), new Value(value, bits));
            return true;
        }
        catch (Exception e) when (IsLeaving(e))
        {
            account.TakeBack();
            return false;
        }
    }

    internal static Value CutSlice(
        ScriptContext context, object? container, long containerBits, object? from, long fromBits, object? to, long toBits)
    {
        Account account = new(context);
        try
        {
            return Indexing.Slice(context, new Value(container, containerBits), new Value(from, fromBits), new Value(to, toBits));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value ContainsItem(ScriptContext context, object? container, long containerBits, object? item, long itemBits) =>
        Guarded(context, &Indexing.Contains, new Value(container, containerBits), new Value(item, itemBits));

    internal static Value LengthOf(ScriptContext context, object? container, long containerBits)
    {
        Account account = new(context);
        try
        {
            return ScriptObject.IsStruct(container) ? Leave : Indexing.Length(context, new Value(container, containerBits));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }
}
