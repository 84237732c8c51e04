using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>
/// The arguments of a helper that takes any number of values up to <see cref="Capacity"/>: a local of emitted code, which hands over a
/// reference to its first field and the number of values. A call uses the local of the smallest class that holds its arguments,
/// because the CLR zeroes a method's locals at each entry. The classes are no inline arrays, whose elements the CLR reaches through four
/// inlined methods each.
/// </summary>
/// <remarks>
/// The CLR promises no order of fields that contain references. It keeps the declared one; <c>InlineSlotTests</c> verifies this.
/// </remarks>
internal static class NativeArguments
{
    public const int Capacity = 16;

    /// <summary>The smallest class that holds a number of values.</summary>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)]
    public static Type ClassFor(int count) => count switch
    {
        <= 2 => typeof(NativeArguments2),
        <= 4 => typeof(NativeArguments4),
        <= 8 => typeof(NativeArguments8),
        _ => typeof(NativeArguments16),
    };

    /// <summary>The first arguments.</summary>
    public static ReadOnlySpan<Value> Span(ref Value first, int count) => MemoryMarshal.CreateReadOnlySpan(ref first, count);
}

/// <summary>Two <see cref="NativeArguments"/>.</summary>
internal struct NativeArguments2
{
    public Value Slot0, Slot1;
}

/// <summary>Four <see cref="NativeArguments"/>.</summary>
internal struct NativeArguments4
{
    public Value Slot0, Slot1, Slot2, Slot3;
}

/// <summary>Eight <see cref="NativeArguments"/>.</summary>
internal struct NativeArguments8
{
    public Value Slot0, Slot1, Slot2, Slot3, Slot4, Slot5, Slot6, Slot7;
}

/// <summary>Sixteen <see cref="NativeArguments"/>.</summary>
internal struct NativeArguments16
{
    public Value Slot0, Slot1, Slot2, Slot3, Slot4, Slot5, Slot6, Slot7;

    public Value Slot8, Slot9, Slot10, Slot11, Slot12, Slot13, Slot14, Slot15;
}
