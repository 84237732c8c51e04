using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Memory;

/// <summary>
/// Objects that the list does not keep alive, in the order in which they were added. The list drops the entries of collected objects
/// whenever it has doubled, so its length is proportional to the largest number of objects that were alive at the same time.
/// </summary>
internal sealed class WeakList<T>
    where T : class
{
    private const int FirstSweep = 16;

    private readonly List<WeakReference<T>> _entries = [];
    private int _nextSweep = FirstSweep;

    /// <summary>The number of entries, including those of collected objects that are not dropped yet.</summary>
    public int Count => _entries.Count;

    public void Add(T item)
    {
        if (_entries.Count >= _nextSweep)
        {
            Sweep(null);
            _nextSweep = Math.Max(FirstSweep, 2 * _entries.Count);
        }

        _entries.Add(new WeakReference<T>(item));
    }

    public bool Contains(T item) =>
        _entries.Exists(entry => entry.TryGetTarget(out T? target) && ReferenceEquals(target, item));

    public void Remove(T item) => Sweep(item);

    public void Clear() => _entries.Clear();

    /// <summary>The objects that are alive.</summary>
    public List<T> Living()
    {
        List<T> living = new(_entries.Count);
        foreach (WeakReference<T> entry in _entries)
        {
            if (entry.TryGetTarget(out T? target))
            {
                living.Add(target);
            }
        }

        return living;
    }

    private void Sweep(T? removed) =>
        _entries.RemoveAll(entry => !entry.TryGetTarget(out T? target) || ReferenceEquals(target, removed));
}
