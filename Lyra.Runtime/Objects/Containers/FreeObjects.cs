using System;

namespace Lyra.Runtime.Objects;

/// <summary>A stack of objects that nothing refers to. Not thread-safe.</summary>
/// <typeparam name="T">The class of the objects.</typeparam>
/// <param name="most">The most objects that are kept.</param>
internal sealed class FreeObjects<T>(int most)
    where T : class
{
    private const int FirstCapacity = 16;

    private Slot[] _kept = [];
    private int _count;

    /// <summary>Whether it keeps no further object.</summary>
    public bool IsFull => _count == most;

    /// <summary>An object; null if there is none.</summary>
    public T? Take()
    {
        int last = _count - 1;
        Slot[] kept = _kept;
        if ((uint)last >= (uint)kept.Length)
        {
            return null;
        }

        T? taken = kept[last].Object;
        kept[last].Object = null;
        _count = last;
        return taken;
    }

    /// <summary>Keeps an object, unless there are too many already.</summary>
    public void Keep(T free)
    {
        int count = _count;
        if ((uint)count < (uint)_kept.Length)
        {
            _kept[count].Object = free;
            _count = count + 1;
        }
        else if (!IsFull)
        {
            Array.Resize(ref _kept, Math.Min(most, Math.Max(FirstCapacity, 2 * count)));
            _kept[count].Object = free;
            _count = count + 1;
        }
    }

    /// <summary>Drops all objects.</summary>
    public void Drop()
    {
        _kept = [];
        _count = 0;
    }

    /// <summary>A struct, because storing into an array of references tests their class.</summary>
    private struct Slot
    {
        public T? Object;
    }
}
