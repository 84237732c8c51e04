using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>A map for walks down the dominator tree: closing a scope removes its entries. Entries are never overwritten.</summary>
internal sealed class ScopedMap<TKey, TValue>(IEqualityComparer<TKey>? comparer = null) : IReusable
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _values = new(comparer);
    private readonly Stack<TKey> _added = new();
    private readonly Stack<int> _scopes = new();

    public int Capacity => _values.Capacity;

    public void Reset()
    {
        _values.Clear();
        _added.Clear();
        _scopes.Clear();
    }

    public void Open() => _scopes.Push(_added.Count);

    public void Close()
    {
        int count = _scopes.Pop();
        while (_added.Count > count)
        {
            _values.Remove(_added.Pop());
        }
    }

    /// <summary>Adds unless there is a value already.</summary>
    public bool TryAdd(TKey key, TValue value)
    {
        if (!_values.TryAdd(key, value))
        {
            return false;
        }

        _added.Push(key);
        return true;
    }

    public bool TryGet(TKey key, out TValue value) => _values.TryGetValue(key, out value!);
}
