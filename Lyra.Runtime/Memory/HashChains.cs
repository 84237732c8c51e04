using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Memory;

/// <summary>
/// Finds the rows of a table by their hashes: the rows with the same remainder form a chain (separate chaining; Knuth: The Art of Computer
/// Programming, volume 3, 6.4). The table keeps the keys and compares them. In a dictionary by a key of several parts, the CLR would have
/// to compile the comparers, and often more, when a process first uses it (docs/decisions/0009).
/// </summary>
internal sealed class HashChains
{
    private const int End = -1;
    private const int FirstSize = 16;

    private readonly List<int> _hashes = [];
    private readonly List<int> _next = [];

    /// <summary>The newest row of each chain plus one; 0 for none. The length is a power of two.</summary>
    private int[] _heads = new int[FirstSize];

    /// <summary>The newest row that may have a hash; negative when there is none.</summary>
    public int First(int hash) => _heads[hash & (_heads.Length - 1)] + End;

    /// <summary>The next older row in the chain of a row; negative when there is none.</summary>
    public int Next(int row) => _next[row];

    /// <summary>Adds a row behind the last one.</summary>
    /// <param name="hash">The hash, whose low bits must be well mixed. If a script can choose keys, it must be seeded.</param>
    public void Add(int hash)
    {
        _hashes.Add(hash);
        if (_hashes.Count <= _heads.Length)
        {
            Link(hash);
            return;
        }

        _heads = new int[_heads.Length * 2];
        _next.Clear();
        foreach (int each in _hashes)
        {
            Link(each);
        }
    }

    /// <summary>Removes all rows; keeps the storage for a small table.</summary>
    public void Clear()
    {
        _hashes.Clear();
        _next.Clear();
        if (_heads.Length > FirstSize)
        {
            _heads = new int[FirstSize];
        }
        else
        {
            Array.Clear(_heads);
        }
    }

    private void Link(int hash)
    {
        int chain = hash & (_heads.Length - 1);
        _next.Add(_heads[chain] + End);
        _heads[chain] = _next.Count;
    }
}
