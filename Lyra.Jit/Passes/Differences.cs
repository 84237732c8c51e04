using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Passes;

/// <summary>
/// Facts about pairs of ints: <c>x &lt;= y + d</c>, with a constant d. A walk adds facts on its way down the dominator tree and forgets
/// them on its way back. Ints are named by the id of their node; <see cref="Zero"/> names the int 0, relative to which constants are given.
/// </summary>
/// <remarks>
/// The constraints of Bodík, Gupta and Sarkar, "ABCD: Eliminating Array Bounds Checks on Demand" (2000), chained up to three deep.
/// </remarks>
internal sealed class Differences : IReusable
{
    /// <summary>The id of the int 0.</summary>
    public const int Zero = -1;

    /// <summary>The longest chain of facts that is followed.</summary>
    private const int MaxSteps = 3;

    /// <summary>The most ints that a search visits; it does not find those further away.</summary>
    private const int MaxFound = 48;

    private readonly Dictionary<int, GrowableArray<(int Other, long By)>> _above = new();
    private readonly Dictionary<int, GrowableArray<(int Other, long By)>> _below = new();
    private readonly Stack<(int X, int Y)> _added = new();

    /// <summary>Empty lists, for ints that get a first fact.</summary>
    private readonly Stack<GrowableArray<(int Other, long By)>> _free = new();

    /// <summary>The result of a search that nobody keeps.</summary>
    private readonly GrowableArray<(int Other, long By)> _found = new();

    /// <summary>The number of facts, for <see cref="ForgetTo"/>.</summary>
    public int Count => _added.Count;

    public int Capacity => _above.Capacity + _below.Capacity + _free.Count;

    public void Reset()
    {
        Free(_above);
        Free(_below);
        _added.Clear();
    }

    /// <summary>Adds the fact that x &lt;= y + by.</summary>
    public void Add(int x, int y, long by)
    {
        GrowableArray<(int Other, long By)> above = Of(_above, x);
        foreach ((int other, long known) in above)
        {
            if (other == y && known <= by)
            {
                return;
            }
        }

        if (x != y)
        {
            above.Add((y, by));
            Of(_below, y).Add((x, by));
            _added.Push((x, y));
        }
    }

    /// <summary>Forgets all facts but the oldest ones.</summary>
    public void ForgetTo(int count)
    {
        while (_added.Count > count)
        {
            (int x, int y) = _added.Pop();
            _above[x].RemoveLast();
            _below[y].RemoveLast();
        }
    }

    /// <summary>
    /// Each y with x &lt;= y + d, with the smallest known d; those with shorter chains come first, and x itself with 0 is the first.
    /// </summary>
    public GrowableArray<(int Other, long By)> Above(int x) => Closure(new(), _above, x);

    /// <summary>Each y with y &lt;= x + d, as <see cref="Above"/>.</summary>
    public GrowableArray<(int Other, long By)> Below(int x) => Closure(new(), _below, x);

    /// <summary>The smallest known d with x &lt;= y + d; null when there is none.</summary>
    public long? Between(int x, int y)
    {
        _found.Clear();
        return Find(Closure(_found, _above, x), y);
    }

    /// <summary>
    /// The d of an int in a list from <see cref="Above"/> or <see cref="Below"/>; null when the list does not have the int.
    /// </summary>
    public static long? Find(GrowableArray<(int Other, long By)> found, int other)
    {
        int index = IndexOf(found, other);
        return index < 0 ? null : found[index].By;
    }

    private static int IndexOf(GrowableArray<(int Other, long By)> found, int other)
    {
        System.ReadOnlySpan<(int Other, long By)> entries = found.AsSpan();
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Other == other)
            {
                return i;
            }
        }

        return -1;
    }

    private GrowableArray<(int Other, long By)> Of(Dictionary<int, GrowableArray<(int Other, long By)>> facts, int x)
    {
        if (!facts.TryGetValue(x, out GrowableArray<(int Other, long By)>? of))
        {
            of = _free.Count > 0 ? _free.Pop() : new();
            facts.Add(x, of);
        }

        return of;
    }

    private static GrowableArray<(int Other, long By)> Closure(
        GrowableArray<(int Other, long By)> found, Dictionary<int, GrowableArray<(int Other, long By)>> facts, int x)
    {
        found.Add((x, 0));
        int first = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            int end = found.Count;
            for (int i = first; i < end; i++)
            {
                // Intervals are more exact than a chain through a constant.
                if (i == 0 || found[i].Other != Zero)
                {
                    Extend(found, facts, found[i]);
                }
            }

            first = end;
        }

        return found;
    }

    private static void Extend(
        GrowableArray<(int Other, long By)> found, Dictionary<int, GrowableArray<(int Other, long By)>> facts, (int Other, long By) from)
    {
        if (!facts.TryGetValue(from.Other, out GrowableArray<(int Other, long By)>? next))
        {
            return;
        }

        foreach ((int other, long by) in next)
        {
            int known = IndexOf(found, other);
            if (known >= 0)
            {
                found[known] = (other, System.Math.Min(found[known].By, from.By + by));
            }
            else if (found.Count < MaxFound)
            {
                found.Add((other, from.By + by));
            }
        }
    }

    private void Free(Dictionary<int, GrowableArray<(int Other, long By)>> facts)
    {
        foreach (GrowableArray<(int Other, long By)> list in facts.Values)
        {
            list.Clear();
            _free.Push(list);
        }

        facts.Clear();
    }
}
