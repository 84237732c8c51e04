using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Objects;

/// <summary>
/// Keeps one array of each length that is a power of two, up to 1,024, for the next container that grows to that length. Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="shortest">The shortest array that is kept.</param>
internal sealed class ArrayFreeList<T>(int shortest)
{
    private const int LongestBits = 10;

    /// <summary>The longest array that is kept.</summary>
    public const int Longest = 1 << LongestBits;

    private readonly T[]?[] _kept = new T[]?[LongestBits + 1];

    /// <summary>An array of exactly this length. If the elements have references, it has no content; otherwise it may have any.</summary>
    /// <param name="length">The length.</param>
    /// <param name="isReused">Whether the array was in use before.</param>
    public T[] Take(int length, out bool isReused)
    {
        if (HasPlace(length) && _kept[PlaceOf(length)] is { } array)
        {
            _kept[PlaceOf(length)] = null;
            isReused = true;
            return array;
        }

        isReused = false;
        return new T[length];
    }

    /// <summary>Keeps an unused array. It keeps one of each length, and of some lengths none; other arrays are dropped.</summary>
    public void Keep(T[] array)
    {
        if (!HasPlace(array.Length) || _kept[PlaceOf(array.Length)] is not null)
        {
            return;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(array);
        }

        _kept[PlaceOf(array.Length)] = array;
    }

    private bool HasPlace(int length) => length >= shortest && length <= Longest && BitOperations.IsPow2(length);

    private static int PlaceOf(int length) => BitOperations.Log2((uint)length);
}
