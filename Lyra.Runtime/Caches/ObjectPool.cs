using System;
using System.Threading;

namespace Lyra.Runtime.Caches;

/// <summary>A bounded pool of cleared objects for reuse, shared by all threads without a lock.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <remarks>
/// Each thread begins at another place of the table, so that threads that use the pool at the same time mostly access different places.
/// </remarks>
internal sealed class ObjectPool<T>
    where T : class
{
    private readonly T?[] _kept;

    /// <param name="capacity">The number of objects that are kept.</param>
    public ObjectPool(int capacity)
    {
        _kept = new T?[capacity];
        MemoryPressure.OnScarce(Trim);
    }

    private int FirstPlace => Environment.CurrentManagedThreadId % _kept.Length;

    /// <summary>Takes an object out of the pool; null if there is none.</summary>
    public T? Take()
    {
        for (int i = 0, place = FirstPlace; i < _kept.Length; i++, place = Next(place))
        {
            if (_kept[place] is not null && Interlocked.Exchange(ref _kept[place], null) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Adds an object that has no content and no other user; drops it if the pool is full.</summary>
    public void Keep(T free)
    {
        for (int i = 0, place = FirstPlace; i < _kept.Length; i++, place = Next(place))
        {
            if (_kept[place] is null && Interlocked.CompareExchange(ref _kept[place], free, null) is null)
            {
                return;
            }
        }
    }

    /// <summary>Drops all objects.</summary>
    public void Trim()
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            Volatile.Write(ref _kept[i], null);
        }
    }

    private int Next(int place) => place + 1 < _kept.Length ? place + 1 : 0;
}
