using System;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Objects;

/// <summary>A stack of objects that nothing refers to. Not thread-safe.</summary>
/// <remarks>
/// The CLR inlines taking and keeping into compiled code: each is a comparison, an access to the array and a store of the count.
/// It has no empty array and no generic copy, because the CLR would have to compile these for its slots when a process starts
/// (docs/decisions/0009).
/// </remarks>
/// <typeparam name="T">The class of the objects.</typeparam>
/// <param name="most">The most objects that are kept.</param>
internal sealed class FreeObjects<T>(int most)
    where T : class
{
    private const int FirstCapacity = 16;

    private Slot[]? _kept;
    private int _count;

    /// <summary>Whether it keeps no further object.</summary>
    public bool IsFull => _count == most;

    /// <summary>An object; null if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? Take()
    {
        int last = _count - 1;
        Slot[]? kept = _kept;
        if (kept is null || (uint)last >= (uint)kept.Length)
        {
            return null;
        }

        T? taken = kept[last].Object;
        kept[last].Object = null;
        _count = last;
        return taken;
    }

    /// <summary>Keeps an object, unless there are too many already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(T free)
    {
        int count = _count;
        Slot[]? kept = _kept;
        if (kept is not null && (uint)count < (uint)kept.Length)
        {
            kept[count].Object = free;
            _count = count + 1;
            return;
        }

        GrowAndKeep(free);
    }

    /// <summary>Drops all objects.</summary>
    public void Drop()
    {
        _kept = null;
        _count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowAndKeep(T free)
    {
        if (IsFull)
        {
            return;
        }

        Slot[] larger = new Slot[Math.Min(most, Math.Max(FirstCapacity, 2 * _count))];
        if (_kept is not null)
        {
            Array.Copy(_kept, larger, _count);
        }

        larger[_count++].Object = free;
        _kept = larger;
    }

    /// <summary>A struct, because storing into an array of references tests their class.</summary>
    private struct Slot
    {
        public T? Object;
    }
}
