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

/// <summary>Ranges, bytes, and instructions about containers of any kind.</summary>
internal static class ContainerHelpers
{
    /// <summary>The number of elements of a range of 64-bit bounds whose step is not 0.</summary>
    [RegionHelper(IrType.Int, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LengthOfRange(long start, long stop, long step, bool isInclusive) =>
        RangeObject.CountOf(start, stop, step, isInclusive);

    /// <summary>Whether a range of 64-bit bounds contains a value; only the interpreter charges for larger bounds.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    internal static bool IsInRange(RangeObject range, object? reference, long bits) => range.Contains(new Value(reference, bits));

    /// <summary>For patterns: whether an int is between bounds, the second one excluded.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsIntBetween(long value, long start, long end) => IntBounds.Contain(value, start, end);

    /// <summary>As <see cref="IsIntBetween"/>, for a float.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    internal static bool IsFloatBetween(double value, long start, long end) => IntBounds.Contain(value, start, end);

    /// <summary>As <see cref="IsIntBetween"/>, for any value.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    internal static bool IsBetween(object? reference, long bits, long start, long end) =>
        IntBounds.Contain(new Value(reference, bits), Value.FromInt(start), Value.FromInt(end));

    /// <summary>For patterns: the number of elements of a list, -1 for any other value.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.ListHeaders, IsTotal = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountOfList(object? reference, long bits) => PatternCounts.OfList(reference);

    /// <summary>As <see cref="CountOfList"/>, of a tuple.</summary>
    [RegionHelper(IrType.Int, Pure, IsTotal = true)]
    internal static long CountOfTuple(object? reference, long bits) => PatternCounts.OfTuple(reference);

    /// <summary>As <see cref="CountOfList"/>, of a map.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.TableKeys, IsTotal = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountOfMap(object? reference, long bits) => PatternCounts.OfMap(reference);

    [RegionHelper(IrType.Int, Pure, IsTotal = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LengthOfBytes(BytesObject bytes) => bytes.Items.Length;

    /// <summary>Whether bytes can be stored: they are not frozen.</summary>
    [RegionHelper(IrType.Bool, Pure, IsTotal = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool CanStoreBytes(BytesObject bytes) => !bytes.IsFrozen;

    /// <summary>A byte; the index is inside.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.Bytes, Min = 0, Max = byte.MaxValue)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LoadByte(BytesObject bytes, long index) => bytes.Items[index];

    /// <summary>Stores a byte; the index is inside, the value from 0 to 255.</summary>
    [RegionHelper(IrType.None, Pure, Writes = IrMemory.Bytes)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreByte(BytesObject bytes, long index, long value) => bytes.Items[index] = (byte)value;

    /// <summary>An empty container that carries the element types of a <see cref="BoundType"/>.</summary>
    [RegionHelper(IrType.Any, IrEffects.Exits | IrEffects.Allocates)]
    internal static Value MakeTyped(ScriptContext context, BoundType type) =>
        context.TryChargeMemory(SlotCheck.ContainerBytes(type)) ? SlotCheck.NewContainer(type) : Exit;

    /// <summary>Gives a new container element types. Its contents are converted; converting them again changes nothing.</summary>
    [RegionHelper(IrType.None, IrEffects.Exits, Reads = Contents, Writes = Contents)]
    internal static bool TrySetElementType(ScriptContext context, BoundType type, object? reference, long bits)
    {
        Account account = new(context);
        try
        {
            if (reference is ListObject list && type.Kind == SlotKind.List && IsElementTypeOfStorage(type.Argument(0), list))
            {
                context.Charge(list.Count);
                list.ElementType = type.Argument(0);
                return true;
            }

            SlotCheck.SetElementTypes(context, type, new Value(reference, bits));
            return true;
        }
        catch (Exception e) when (MakesExit(e))
        {
            // Objects allocated meanwhile stay, and so does their charge.
            long memory = context.Memory.Left;
            account.TakeBack();
            context.Memory.Left = Math.Min(context.Memory.Left, memory);
            return false;
        }
    }

    /// <summary>The index of the type that a value has, among those of a <see cref="TypeChoice"/>.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.Variables, IsTotal = true)]
    internal static long IndexOfType(TypeChoice types, object? reference, long bits) => types.IndexOf(new Value(reference, bits));

    /// <summary>The number of the target that a switch has for an int.</summary>
    [RegionHelper(IrType.Int, Pure, IsTotal = true)]
    internal static long TargetOfInt(SwitchTargets targets, long key) => targets.NumberOf(Value.FromInt(key));

    /// <summary>The number of the target that a switch has for a short str.</summary>
    [RegionHelper(IrType.Int, Pure, IsTotal = true)]
    internal static long TargetOfText(SwitchTargets targets, ScriptString key) => targets.NumberOf(key);

    /// <summary>
    /// The number of the target that a switch has for a value, as a value that is an int. Exits where the interpreter charges for the
    /// lookup.
    /// </summary>
    [RegionHelper(IrType.Any, IrEffects.Exits)]
    internal static Value TargetOf(SwitchTargets targets, object? reference, long bits) =>
        reference is BigInt || (reference is ScriptString text && !TextHelpers.IsShort(text))
        ? Exit
        : Value.FromInt(targets.NumberOf(new Value(reference, bits)));

    /// <summary>Whether every element that the storage can hold is stored unchanged under the element type.</summary>
    private static bool IsElementTypeOfStorage(BoundType? type, ListObject list) => (type?.Kind, list.Strategy) is
        (SlotKind.Int, ListStrategy.Ints) or (SlotKind.I64, ListStrategy.Ints)
            or (SlotKind.Float, ListStrategy.Floats) or (SlotKind.Bool, ListStrategy.Bools);
}
