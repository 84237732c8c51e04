using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Appending to lists, inserting, taking elements, and new lists. The CLR's compiler inlines an append to a list of the expected storage
/// that has space; growing such a list charges memory but no steps.
/// </summary>
internal static class AppendHelpers
{
    /// <summary>Appends an int to a list that stores ints or is empty.</summary>
    [RegionHelper(
        IrType.None, IrEffects.Exits, Reads = IrMemory.ListHeaders, Writes = IrMemory.ListHeaders | IrMemory.IntElements, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AppendInt(ScriptContext context, ListObject list, long value)
    {
        long[] items = list.ItemsAs<long>();
        int count = list.Count;
        if (list.Strategy == ListStrategy.Ints && (uint)count < (uint)items.Length
            && (list.ElementKind == SlotKind.Any || SlotCheck.TryConvert(list.ElementKind, ref value)))
        {
            items[count] = value;
            list.Count = count + 1;
            return true;
        }

        return (count == 0 || list.Strategy == ListStrategy.Ints) && AppendSlow(context, list, Value.FromInt(value));
    }

    /// <summary>Appends a float to a list that stores floats or is empty.</summary>
    [RegionHelper(
        IrType.None, IrEffects.Exits, Reads = IrMemory.ListHeaders, Writes = IrMemory.ListHeaders | IrMemory.FloatElements, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AppendFloat(ScriptContext context, ListObject list, double value)
    {
        double[] items = list.ItemsAs<double>();
        int count = list.Count;
        if (list.Strategy == ListStrategy.Floats && (uint)count < (uint)items.Length
            && (list.ElementKind == SlotKind.Any || SlotCheck.TryConvert(list.ElementKind, ref value)))
        {
            items[count] = value;
            list.Count = count + 1;
            return true;
        }

        return (count == 0 || list.Strategy == ListStrategy.Floats) && AppendSlow(context, list, Value.FromFloat(value));
    }

    /// <summary>Appends a bool to a list that stores bools or is empty.</summary>
    [RegionHelper(
        IrType.None, IrEffects.Exits, Reads = IrMemory.ListHeaders, Writes = IrMemory.ListHeaders | IrMemory.BoolElements, Borrowed = 1)]
    internal static bool AppendBool(ScriptContext context, ListObject list, bool value)
    {
        bool[] items = list.ItemsAs<bool>();
        int count = list.Count;
        if (list.Strategy == ListStrategy.Bools && (uint)count < (uint)items.Length && SlotCheck.TakesBool(list.ElementKind))
        {
            items[count] = value;
            list.Count = count + 1;
            return true;
        }

        return (count == 0 || list.Strategy == ListStrategy.Bools) && AppendSlow(context, list, Value.FromBool(value));
    }

    /// <summary>Appends any value to any list, which may widen it. In line if the list stores values of any kind.</summary>
    [RegionHelper(IrType.None, Charges, Reads = Lists, Writes = Lists, Borrowed = 1, Stored = 2)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AppendValue(ScriptContext context, ListObject list, object? reference, long bits)
    {
        Value[] items = list.ItemsAs<Value>();
        int count = list.Count;
        if (list.Strategy == ListStrategy.Values && (uint)count < (uint)items.Length && ListTakesAsIs(list, reference, bits))
        {
            items[count].Ref = reference;
            items[count].Bits = bits;
            list.Count = count + 1;
            return true;
        }

        return AppendSlow(context, list, new Value(reference, bits));
    }

    /// <summary>Whether a list's element type stores a value unchanged.</summary>
    [RegionHelper(IrType.Bool, Pure, Reads = IrMemory.ListHeaders, Borrowed = 3)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool ListTakesAsIs(ListObject list, object? reference, long bits) =>
        list.ElementType is not { } type || SlotCheck.Matches(type, new Value(reference, bits));

    /// <summary>An append that begins the list, converts or grows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AppendSlow(ScriptContext context, ListObject list, Value value) =>
        list.TryBegin(context, value) || InsertSlow(context, list, list.Count, value);

    /// <summary>
    /// An insertion that converts, widens or grows. The interpreter does one that may both widen the list and make it grow or move
    /// elements, because the charge or the look at the clock for that comes when the list has already changed.
    /// </summary>
    private static bool InsertSlow(ScriptContext context, ListObject list, long index, in Value value)
    {
        int count = list.Count;
        if ((ulong)index > (ulong)count || list.IsLongMove((int)index)
            || (count > 0 && (index < count || count == list.Capacity) && !list.Keeps(value)))
        {
            return false;
        }

        Account account = new(context);
        try
        {
            list.Insert(context, (int)index, value);
            return true;
        }
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return false;
        }
    }

    /// <summary>
    /// Appends every element of an iterable that runs no script code. When that fails, the list has its former elements, and the
    /// interpreter executes the instruction.
    /// </summary>
    [RegionHelper(IrType.None, Charges, Reads = Contents, Writes = Lists, Borrowed = 3, KeepsParts = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool ExtendList(ScriptContext context, ListObject list, object? source, long bits)
    {
        if (list.ElementType is not null || ReferenceEquals(list, source) || ScriptObject.MayRunCode(source))
        {
            return false;
        }

        int count = list.Count;
        Account account = new(context);
        try
        {
            Iteration.AppendTo(context, list, new Value(source, bits));
            return true;
        }
        catch (Exception e) when (MakesExit(e))
        {
            list.Truncate(count);
            account.TakeBack();
            return false;
        }
    }

    /// <summary>Removes the last element of a list of ints, which is not empty.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.ListHeaders | IrMemory.IntElements, Writes = IrMemory.ListHeaders, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long TakeLastInt(ListObject list)
    {
        int last = list.Count - 1;
        long value = list.Ints[last];
        list.Count = last;
        return value;
    }

    /// <summary>Removes the last element of a list of floats, which is not empty.</summary>
    [RegionHelper(IrType.Float, Pure, Reads = IrMemory.ListHeaders | IrMemory.FloatElements, Writes = IrMemory.ListHeaders, Borrowed = 1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double TakeLastFloat(ListObject list)
    {
        int last = list.Count - 1;
        double value = list.Floats[last];
        list.Count = last;
        return value;
    }

    /// <summary>Removes the last element of a list.</summary>
    [RegionHelper(
        IrType.Any, IrEffects.Exits, Reads = Lists, Writes = IrMemory.ListHeaders | IrMemory.ValueElements, Borrowed = 1, Loads = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value TakeLast(ListObject list) => list.Count == 0 || list.IsFrozen ? Exit : list.RemoveLast();

    /// <summary>Removes the element at an index and moves those behind it.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Lists, Writes = Lists, Borrowed = 1, Loads = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value TakeAt(ScriptContext context, ListObject list, long index) =>
        list.TryRemoveAt(context, index, out Value removed) ? removed : Exit;

    /// <summary>Inserts before an index, and moves the elements from there on.</summary>
    [RegionHelper(IrType.None, Charges, Reads = Lists, Writes = Lists, Borrowed = 1, Stored = 4)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool InsertAt(ScriptContext context, ListObject list, long index, object? reference, long bits) =>
        list.TryInsert(context, index, new Value(reference, bits)) || InsertSlow(context, list, index, new Value(reference, bits));

    /// <summary>A new list of the given values; their kinds choose the storage strategy.</summary>
    [RegionHelper(IrType.List, IrEffects.Exits | IrEffects.Allocates)]
    internal static ListObject? MakeList(ScriptContext context, ref Value items, int count)
    {
        Account account = new(context);
        try
        {
            return ListObject.Of(context, NativeArguments.Span(ref items, count));
        }
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return null;
        }
    }

    /// <summary>The elements of a list from the first index up to the second.</summary>
    [RegionHelper(IrType.List, Computes, Reads = Lists, Borrowed = 1, KeepsParts = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe ListObject? CutList(ScriptContext context, ListObject list, long from, long to) =>
        Cut(context, &Sequences.Slice, list, list.Count, from, to);
}
