using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Objects;

/// <summary>
/// Keeps arrays whose lengths are powers of two for the next containers that grow to these lengths. Each length has a stack of its own.
/// Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="shortest">The shortest array that is kept.</param>
/// <param name="longest">The longest array that is kept: a power of two.</param>
/// <param name="bytesOfLength">The most bytes of elements that are kept of one length; one array is kept even if it has more.</param>
internal sealed class ArrayFreeList<T>(int shortest, int longest, int bytesOfLength)
{
    private readonly Kept[] _kept = new Kept[BitOperations.Log2((uint)longest) + 1];

    /// <summary>An array of exactly this length. If the elements have references, it has no content; otherwise it may have any.</summary>
    /// <param name="length">The length.</param>
    /// <param name="isReused">Whether the array was in use before.</param>
    public T[] Take(int length, out bool isReused)
    {
        if (HasPlace(length))
        {
            ref Kept kept = ref _kept[PlaceOf(length)];
            if (kept.Count > 0)
            {
                T[] array = kept.Arrays![--kept.Count]!;
                kept.Arrays[kept.Count] = null;
                isReused = true;
                return array;
            }
        }

        isReused = false;
        return new T[length];
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

        ref Kept kept = ref _kept[PlaceOf(array.Length)];
        if (kept.Count == Most(array.Length))
        {
            return;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(array, 0, used);
        }

        kept.Push(array, Most(array.Length));
    }

    /// <summary>The most arrays of a length.</summary>
    private int Most(int length) => Math.Max(1, bytesOfLength / (length * Unsafe.SizeOf<T>()));

    private bool HasPlace(int length) => length >= shortest && length <= longest && BitOperations.IsPow2(length);

    private static int PlaceOf(int length) => BitOperations.Log2((uint)length);

    /// <summary>The arrays of one length.</summary>
    private struct Kept
    {
        private const int FirstCapacity = 4;

        public T[]?[]? Arrays;
        public int Count;

        public void Push(T[] array, int most)
        {
            Arrays ??= new T[]?[Math.Min(most, FirstCapacity)];
            if (Count == Arrays.Length)
            {
                Array.Resize(ref Arrays, Math.Min(most, 2 * Count));
            }

            Arrays[Count++] = array;
        }
    }
}
