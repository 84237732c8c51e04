using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>Lists of any storage, and indexing of any container.</content>
internal static partial class RegionHelpers
{
    /// <summary>The element of a list of any storage.</summary>
    public static readonly RegionHelper ListGetAny = Row(nameof(ReadElement), IrType.Any, IrEffects.Exits, Lists);

    /// <summary>Stores into a list of any storage, which may widen it.</summary>
    public static readonly RegionHelper ListSetAny = Row(nameof(StoreElement), IrType.None, Charges, IrMemory.ListHeaders, Lists);

    /// <summary>Appends any value to any list, which may widen it.</summary>
    public static readonly RegionHelper ListAppendAny = Row(nameof(Append), IrType.None, Charges, IrMemory.ListHeaders, Lists);

    /// <summary>Appends an int to a list that stores ints or anything, or is empty.</summary>
    public static readonly RegionHelper ListAppendInt = Row(
        nameof(AppendInt), IrType.None, Charges, IrMemory.ListHeaders, IrMemory.ListHeaders | IrMemory.IntElements | IrMemory.ValueElements);

    /// <summary>Appends a float to a list that stores floats or anything, or is empty.</summary>
    public static readonly RegionHelper ListAppendFloat = Row(
        nameof(AppendFloat), IrType.None, Charges, IrMemory.ListHeaders, IrMemory.ListHeaders | IrMemory.FloatElements | IrMemory.ValueElements);

    /// <summary>Takes the last element out.</summary>
    public static readonly RegionHelper ListPop = Row(nameof(TakeLast), IrType.Any, IrEffects.Exits, Lists, Lists);

    /// <summary>A new list without elements.</summary>
    public static readonly RegionHelper NewList = Row(nameof(MakeList), IrType.List, IrEffects.Exits | IrEffects.Allocates);

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

    internal static bool AppendInt(ScriptContext context, ListObject list, long value)
    {
        long[] items = list.Ints;
        int count = list.Count;
        if (list.Strategy == ListStrategy.Ints && (uint)count < (uint)items.Length && list.ElementType is null or { Kind: SlotKind.Int })
        {
            items[count] = value;
            list.Count = count + 1;
            return true;
        }

        return (count == 0 || list.Strategy is ListStrategy.Ints or ListStrategy.Values) && AppendSlow(context, list, Value.FromInt(value));
    }

    internal static bool AppendFloat(ScriptContext context, ListObject list, double value)
    {
        double[] items = list.Floats;
        int count = list.Count;
        if (list.Strategy == ListStrategy.Floats && (uint)count < (uint)items.Length && list.ElementType is null or { Kind: SlotKind.Float })
        {
            items[count] = value;
            list.Count = count + 1;
            return true;
        }

        return (count == 0 || list.Strategy is ListStrategy.Floats or ListStrategy.Values) && AppendSlow(context, list, Value.FromFloat(value));
    }

    internal static bool Append(ScriptContext context, ListObject list, object? reference, long bits)
    {
        Value[] items = list.Values;
        int count = list.Count;
        if (list.Strategy == ListStrategy.Values && (uint)count < (uint)items.Length && list.ElementType is null)
        {
            items[count] = new Value(reference, bits);
            list.Count = count + 1;
            return true;
        }

        return AppendSlow(context, list, new Value(reference, bits));
    }

    /// <summary>
    /// An append that converts or allocates. One that may widen the list and make it grow is the interpreter's, because it charges again when the
    /// list is already changed.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AppendSlow(ScriptContext context, ListObject list, Value value)
    {
        if (list.Count > 0 && list.Count == list.Capacity && list.Strategy != ListStrategy.Values
            && (list.Strategy != ListObject.StrategyOf(value) || !ListTakesPlainElements(list)))
        {
            return false;
        }

        Account account = new(context);
        try
        {
            list.Add(context, value);
            return true;
        }
        catch (Exception e) when (IsLeaving(e))
        {
            account.TakeBack();
            return false;
        }
    }

    internal static Value TakeLast(ListObject list) => list.Count == 0 ? Leave : list.RemoveAt(list.Count - 1);

    internal static ListObject? MakeList(ScriptContext context) =>
        context.TryChargeMemory(ListObject.BytesFor(ListStrategy.Empty, 0)) ? new ListObject() : null;

    internal static unsafe Value ReadIndex(ScriptContext context, object? container, long containerBits, object? index, long indexBits)
    {
        Value at = new(index, indexBits);
        if (container is ScriptString text && at.IsInt && (ulong)indexBits < (ulong)text.Length)
        {
            return Value.FromObject(ScriptString.FromChar(text[(int)indexBits]));
        }

        return ScriptObject.IsStruct(container) || IsHookedKey(index)
            ? Leave
            : Guarded(context, &Indexing.Get, new Value(container, containerBits), at);
    }

    internal static bool StoreIndex(
        ScriptContext context, object? container, long containerBits, object? index, long indexBits, object? value, long bits)
    {
        if (ScriptObject.IsStruct(container) || IsHookedKey(index))
        {
            return false;
        }

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

    internal static Value CutSlice(ScriptContext context, object? container, long containerBits, object? from, long fromBits, object? to, long toBits)
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

    internal static unsafe Value ContainsItem(ScriptContext context, object? container, long containerBits, object? item, long itemBits) =>
        Guarded(context, &Indexing.Contains, new Value(container, containerBits), new Value(item, itemBits));

    internal static Value LengthOf(ScriptContext context, object? container, long containerBits)
    {
        Account account = new(context);
        try
        {
            return ScriptObject.IsStruct(container) ? Leave : Value.FromInt(Indexing.Length(context, new Value(container, containerBits)));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }
}
