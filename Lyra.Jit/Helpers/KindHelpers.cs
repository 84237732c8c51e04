using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>Tests and stores of values that the CLR's compiler inlines.</summary>
internal static class KindHelpers
{
    /// <summary>Whether a value is an object or a collection of the host.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsHostValue(object? reference, long bits) => ScriptObject.IsHost(reference);

    /// <summary>Whether a value is an instance whose struct has an <c>__eq</c>.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasEqualsHookOf(object? reference, long bits) => ScriptObject.HasEquals(reference);

    /// <summary>Whether a value is neither nil nor false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsTruthy(object? reference, long bits) => ReferenceEquals(reference, Tag.Bool) ? bits != 0 : reference is not null;

    /// <summary>
    /// Whether a value is an instance of the shape with this id. It is sound for every reference that a value can hold: see
    /// <see cref="ScriptObject.TypeTag"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasTypeTag(object? reference, int tag) =>
        reference is not null && Unsafe.As<ScriptObject>(reference).TypeTag == tag;

    /// <summary>The <see cref="ScriptObject.TypeTag"/> behind the reference of a value that is not nil.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int TypeTagOf(object reference) => Unsafe.As<ScriptObject>(reference).TypeTag;

    /// <summary>Whether a product needs more than 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool ProductOverflows(long a, long b) => !ExactInt.TryMultiply(a, b, out _);

    /// <summary>Whether a shift to the left loses bits or its count is not 0 to 63.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool ShiftOverflows(long value, long count) => (ulong)count > 63 || value << (int)count >> (int)count != value;

    /// <summary>Stores any value; the reference only when it differs, because its store costs a write barrier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreValue(ref Value target, object? reference, long bits)
    {
        if (!ReferenceEquals(target.Ref, reference))
        {
            target.Ref = reference;
        }

        target.Bits = bits;
    }
}
