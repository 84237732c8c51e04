using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Objects;

/// <summary>
/// Keeps arrays of up to 16 elements, and longer ones whose lengths are powers of two, for the next containers of these lengths. Each
/// length has a stack of its own. Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="shortest">The shortest array that is kept.</param>
/// <param name="longest">The longest array that is kept: a power of two.</param>
/// <param name="bytesOfLength">The most bytes of elements that are kept of one length; one array is kept even if it has more.</param>
internal sealed class ArrayFreeList<T>(int shortest, int longest, int bytesOfLength)
{
    /// <summary>The longest of the lengths that need not be powers of two: those of most literals.</summary>
    public const int LongestOfAny = 16;

    private const int BitsOfAny = 4;

    private readonly FreeObjects<T[]>?[] _kept = new FreeObjects<T[]>?[PlaceOf(Math.Max(longest, LongestOfAny)) + 1];

    /// <summary>An array of exactly this length. If the elements have references, it has no content; otherwise it may have any.</summary>
    /// <param name="length">The length.</param>
    /// <param name="isReused">Whether the array was in use before.</param>
    public T[] Take(int length, out bool isReused)
    {
        T[]? kept = HasPlace(length) ? _kept[PlaceOf(length)]?.Take() : null;
        isReused = kept is not null;
        return kept ?? new T[length];
    }

    /// <summary>Keeps an array that nothing refers to, if it is of a length that is kept and not too many are kept already.</summary>
    /// <param name="array">The array.</param>
    /// <param name="used">The number of elements at its start that may have content; the others have none.</param>
    public void Keep(T[] array, int used)
    {
        if (!HasPlace(array.Length))
        {
            return;
        }

        FreeObjects<T[]> kept = _kept[PlaceOf(array.Length)] ?? NewPlace(array.Length);
        if (kept.IsFull)
        {
            return;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            array.AsSpan(0, used).Clear();
        }

        kept.Keep(array);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private FreeObjects<T[]> NewPlace(int length) =>
        _kept[PlaceOf(length)] = new(Math.Max(1, bytesOfLength / (length * Unsafe.SizeOf<T>())));

    private bool HasPlace(int length) =>
        length >= shortest && length <= longest && (length <= LongestOfAny || BitOperations.IsPow2(length));

    private static int PlaceOf(int length) =>
        length <= LongestOfAny ? length : LongestOfAny - BitsOfAny + BitOperations.Log2((uint)length);
}
