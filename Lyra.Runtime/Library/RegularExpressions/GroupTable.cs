using System;
using System.Collections.Generic;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The groups of a pattern. As in .NET, unnamed groups are numbered first, then the named ones; numbers may have gaps. An index counts the
/// groups in the order of their numbers, without gaps; 0 is the whole match.
/// </summary>
internal sealed class GroupTable
{
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<int, int> _indexes = [];

    /// <param name="positions">The number of each group and the position of its first parenthesis.</param>
    /// <param name="numbers">The number of each named group.</param>
    public GroupTable(Dictionary<int, int> positions, Dictionary<string, int> numbers)
    {
        _numbers = numbers;
        Dictionary<int, string> names = [];
        foreach ((string name, int number) in numbers)
        {
            names[number] = name;
        }

        long[] sorted = new long[positions.Count];
        foreach (int number in positions.Keys)
        {
            sorted[_indexes.Count] = number;
            _indexes[number] = 0;
        }

        Sort(sorted);
        long[] order = new long[sorted.Length];
        for (int index = 0; index < sorted.Length; index++)
        {
            int number = (int)sorted[index];
            _indexes[number] = index;
            order[index] = ((long)positions[number] << 32) | (uint)index;
        }

        // The whole match, index 0 at position 0, stays the first.
        Sort(order);
        InOrder = new (int, ScriptString?)[order.Length - 1];
        for (int i = 1; i < order.Length; i++)
        {
            int index = (int)order[i];
            InOrder[i - 1] = (index, names.TryGetValue((int)sorted[index], out string? name) ? ScriptString.From(name) : null);
        }
    }

    /// <summary>Sorts numbers that mostly are sorted. Then the CLR does not have to compile its sort.</summary>
    private static void Sort(long[] numbers)
    {
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i - 1] > numbers[i])
            {
                Array.Sort(numbers);
                return;
            }
        }
    }

    /// <summary>The number of groups, including the whole match.</summary>
    public int Count => _indexes.Count;

    /// <summary>The index of each group and its name, if it has one, in the order of the opening parentheses.</summary>
    public (int Index, ScriptString? Name)[] InOrder { get; }

    /// <summary>The index of the group of a number; null if there is none.</summary>
    public int? IndexOf(int number) => _indexes.TryGetValue(number, out int index) ? index : null;

    /// <summary>The index of the group of a name; null if there is none.</summary>
    public int? IndexOf(string name) => _numbers.TryGetValue(name, out int number) ? _indexes[number] : null;
}
