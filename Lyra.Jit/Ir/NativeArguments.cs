using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>
/// The arguments of a helper that takes any number of values up to <see cref="Capacity"/>: a local of emitted code, handed over by
/// reference. It is no inline array, whose elements the CLR reaches through four inlined methods each.
/// </summary>
/// <remarks>
/// The CLR promises no order of fields that contain references. It keeps the declared one; <c>InlineSlotTests</c> verifies this.
/// </remarks>
internal struct NativeArguments
{
    public const int Capacity = 16;

    public Value Slot0, Slot1, Slot2, Slot3, Slot4, Slot5, Slot6, Slot7;

    public Value Slot8, Slot9, Slot10, Slot11, Slot12, Slot13, Slot14, Slot15;

    /// <summary>The place of an argument.</summary>
    public static ref Value Slot(ref NativeArguments arguments, int index) => ref Unsafe.Add(ref arguments.Slot0, index);

    /// <summary>The first arguments.</summary>
    public static ReadOnlySpan<Value> Span(ref NativeArguments arguments, int count) =>
        MemoryMarshal.CreateReadOnlySpan(ref arguments.Slot0, count);
}
