using System;

namespace Lyra.Runtime.Memory;

/// <summary>
/// An array that grows, for elements of value types on the way to the first result of a script and of the compiler. For each of them the
/// CLR would have to compile a part of <see cref="System.Collections.Generic.List{T}"/>, and load its interfaces, when a process first uses
/// it. This class has neither (docs/decisions/0009).
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class GrowableArray<T>
{
    private const int FirstCapacity = 4;

    // Not an empty array: the CLR keeps one for each element type in a static field, whose initializer it would have to compile.
    private T[]? _items;

    /// <summary>The number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>The number of elements for which there is storage.</summary>
    public int Capacity => _items?.Length ?? 0;

    /// <summary>An element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no element with that index.</exception>
    public ref T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return ref _items![index];
        }
    }

    /// <summary>Adds an element at the end.</summary>
    public void Add(T item)
    {
        Reserve(1);
        _items![Count++] = item;
    }

    /// <summary>Adds elements at the end.</summary>
    public void AddRange(ReadOnlySpan<T> items)
    {
        Reserve(items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Removes the last element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public void RemoveLast() => Truncate(Count - 1);

    /// <summary>Removes all elements and keeps their storage.</summary>
    public void Clear() => Truncate(0);

    /// <summary>Removes all elements but the first <paramref name="count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public void Truncate(int count)
    {
        AsSpan()[count..].Clear();
        Count = count;
    }

    /// <summary>Whether an element meets a condition.</summary>
    public bool Exists(Predicate<T> match) => FindIndex(match) >= 0;

    /// <summary>The index of the first element from <paramref name="start"/> on that meets a condition; -1 if none does.</summary>
    public int FindIndex(Predicate<T> match, int start = 0)
    {
        int index = start;
        while (index < Count && !match(_items![index]))
        {
            index++;
        }

        return index < Count ? index : -1;
    }

    /// <summary>The elements, until one is added or removed.</summary>
    public Span<T> AsSpan() => new(_items, 0, Count);

    /// <summary>A new array of the elements.</summary>
    public T[] ToArray()
    {
        // A span would give the empty array of the element type, whose initializer the CLR would have to compile.
        T[] items = new T[Count];
        AsSpan().CopyTo(items);
        return items;
    }

    /// <summary>Enumerates the elements that are there now. None may be added or removed meanwhile.</summary>
    public Span<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <summary>Makes storage for so many further elements.</summary>
    public void Reserve(int count)
    {
        int needed = Count + count;
        if (_items is not null && needed <= _items.Length)
        {
            return;
        }

        T[] larger = new T[Math.Max(needed, Math.Max(FirstCapacity, Count * 2))];
        AsSpan().CopyTo(larger);
        _items = larger;
    }
}
