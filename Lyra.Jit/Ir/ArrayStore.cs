using System;
using System.Numerics;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Ir;

/// <summary>The arrays of one element type of a <see cref="CompileArena"/>. Their lengths are powers of two.</summary>
/// <param name="elementBytes">The size of an element.</param>
internal sealed class ArrayStore<T>(int elementBytes)
{
    /// <summary>Arrays of 16 to 16,384 elements are reused. Longer ones are not, so that one giant region keeps no memory.</summary>
    private const int ShortestBits = 4;
    private const int LongestBits = 14;

    private readonly GrowableArray<T[]>?[] _free = new GrowableArray<T[]>?[LongestBits - ShortestBits + 1];
    private readonly GrowableArray<T[]> _taken = new();

    /// <summary>The size of the arrays that wait for their next use, in bytes.</summary>
    public long FreeBytes { get; private set; }

    /// <summary>An array without content that has at least this length, until the next <see cref="Release"/>.</summary>
    public T[] Take(int length)
    {
        int bits = Math.Max(ShortestBits, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(length - 1, 0)));
        if (bits > LongestBits)
        {
            return new T[length];
        }

        T[] array;
        if (_free[bits - ShortestBits] is { Count: > 0 } free)
        {
            array = free[free.Count - 1];
            free.RemoveLast();
            FreeBytes -= (long)array.Length * elementBytes;
        }
        else
        {
            array = new T[1 << bits];
        }

        _taken.Add(array);
        return array;
    }

    /// <summary>Takes back all arrays. Nobody may use them any more.</summary>
    public void Release()
    {
        foreach (T[] array in _taken)
        {
            Array.Clear(array);
            (_free[BitOperations.Log2((uint)array.Length) - ShortestBits] ??= new()).Add(array);
            FreeBytes += (long)array.Length * elementBytes;
        }

        _taken.Clear();
    }
}
