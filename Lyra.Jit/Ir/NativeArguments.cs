using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>
/// The arguments of a helper that takes any number of values up to <see cref="Capacity"/>: a local of emitted code, handed over by
/// reference.
/// </summary>
[InlineArray(Capacity)]
internal struct NativeArguments
{
    public const int Capacity = 16;

    private Value _first;

    /// <summary>The place of an argument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref Value Slot(ref NativeArguments arguments, int index) => ref arguments[index];

    /// <summary>The first arguments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<Value> Span(ref NativeArguments arguments, int count) =>
        MemoryMarshal.CreateReadOnlySpan(ref arguments._first, count);
}
