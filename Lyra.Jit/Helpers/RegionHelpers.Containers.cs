using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <content>Ranges, bytes, and instructions about containers of any kind.</content>
internal static partial class RegionHelpers
{
    /// <summary>The number of elements of a range of 64-bit bounds whose step is not 0.</summary>
    public static readonly RegionHelper RangeLength = Row(nameof(LengthOfRange), IrType.Int, Pure);

    public static readonly RegionHelper RangeContains = Row(nameof(IsInRange), IrType.Bool, Pure);

    /// <summary>For patterns: the number of elements of a list, -1 for any other value.</summary>
    public static readonly RegionHelper ListPattern = Row(
        nameof(CountOfList), IrType.Int, Pure, reads: IrMemory.ListHeaders, isTotal: true);

    /// <summary>As <see cref="ListPattern"/>, of a tuple.</summary>
    public static readonly RegionHelper TuplePattern = Row(nameof(CountOfTuple), IrType.Int, Pure, isTotal: true);

    /// <summary>As <see cref="ListPattern"/>, of a map.</summary>
    public static readonly RegionHelper MapPattern = Row(nameof(CountOfMap), IrType.Int, Pure, reads: IrMemory.TableKeys, isTotal: true);

    public static readonly RegionHelper BytesLength = Row(nameof(LengthOfBytes), IrType.Int, Pure, isTotal: true);

    /// <summary>Whether bytes can be stored: they are not frozen.</summary>
    public static readonly RegionHelper BytesAreMutable = Row(nameof(CanStoreBytes), IrType.Bool, Pure, isTotal: true);

    public static readonly RegionHelper ByteAt =
        Row(nameof(LoadByte), IrType.Int, Pure, reads: IrMemory.Bytes) with { Range = new(0, byte.MaxValue) };

    public static readonly RegionHelper SetByte = Row(nameof(StoreByte), IrType.None, Pure, writes: IrMemory.Bytes);

    public static readonly RegionHelper NewTyped = Row(nameof(MakeTyped), IrType.Any, IrEffects.Exits | IrEffects.Allocates);

    public static readonly RegionHelper SetElementType = Row(nameof(TrySetElementType), IrType.None, IrEffects.Exits, Contents, Contents);

    /// <summary>The index of the type that a value has, among those of a <see cref="TypeChoice"/>.</summary>
    public static readonly RegionHelper FindType = Row(nameof(IndexOfType), IrType.Int, Pure, reads: IrMemory.Variables, isTotal: true);

    /// <summary>The instruction that a switch continues at for an int.</summary>
    public static readonly RegionHelper SwitchTargetOfInt = Row(nameof(TargetOfInt), IrType.Int, Pure, isTotal: true);

    public static readonly RegionHelper SwitchTarget = Row(nameof(TargetOf), IrType.Any, IrEffects.Exits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LengthOfRange(long start, long stop, long step, bool isInclusive) =>
        RangeObject.CountOf(start, stop, step, isInclusive);

    /// <summary>Whether a range of 64-bit bounds contains a value; only the interpreter charges for larger bounds.</summary>
    internal static bool IsInRange(RangeObject range, object? reference, long bits) => range.Contains(new Value(reference, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountOfList(object? reference, long bits) => PatternCounts.OfList(reference);

    internal static long CountOfTuple(object? reference, long bits) => PatternCounts.OfTuple(reference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountOfMap(object? reference, long bits) => PatternCounts.OfMap(reference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LengthOfBytes(BytesObject bytes) => bytes.Items.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool CanStoreBytes(BytesObject bytes) => !bytes.IsFrozen;

    /// <summary>A byte; the index is inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LoadByte(BytesObject bytes, long index) => bytes.Items[index];

    /// <summary>Stores a byte; the index is inside, the value from 0 to 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreByte(BytesObject bytes, long index, long value) => bytes.Items[index] = (byte)value;

    /// <summary>An empty container that carries the element types of a <see cref="BoundType"/>.</summary>
    internal static Value MakeTyped(ScriptContext context, BoundType type) =>
        context.TryChargeMemory(SlotCheck.ContainerBytes(type)) ? SlotCheck.NewContainer(type) : Leave;

    /// <summary>Gives a new container element types. Its contents are converted; converting them again changes nothing.</summary>
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
        catch (Exception e) when (IsLeaving(e))
        {
            // Objects allocated meanwhile stay, and so does their charge.
            long memory = context.Memory.Left;
            account.TakeBack();
            context.Memory.Left = Math.Min(context.Memory.Left, memory);
            return false;
        }
    }

    /// <summary>
    /// The instruction to which a prototype's switch table sends a value, as a value that is an int. Exits where the interpreter charges
    /// for the lookup.
    /// </summary>
    internal static long IndexOfType(TypeChoice types, object? reference, long bits) => types.IndexOf(new Value(reference, bits));

    internal static long TargetOfInt(LinkedPrototype code, long table, long key) =>
        code.SwitchIndex((int)table).Find(Value.FromInt(key));

    internal static Value TargetOf(LinkedPrototype code, long table, object? reference, long bits) =>
        reference is BigInt || (reference is ScriptString text && !IsShort(text))
        ? Leave
        : Value.FromInt(code.SwitchIndex((int)table).Find(new Value(reference, bits)));

    /// <summary>Whether every element that the storage can hold is stored unchanged under the element type.</summary>
    private static bool IsElementTypeOfStorage(BoundType? type, ListObject list) => (type?.Kind, list.Strategy) is
        (SlotKind.Int, ListStrategy.Ints) or (SlotKind.I64, ListStrategy.Ints)
            or (SlotKind.Float, ListStrategy.Floats) or (SlotKind.Bool, ListStrategy.Bools);
}
