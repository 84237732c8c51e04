using System.Collections.Generic;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Passes;

/// <summary>
/// Facts about pairs of ints: <c>x &lt;= y + d</c>, with a constant d. A walk adds facts on its way down the dominator tree and forgets
/// them on its way back. Ints are named by the id of their node; <see cref="Zero"/> names the int 0, relative to which constants are given.
/// </summary>
/// <remarks>
/// The constraints of Bodík, Gupta and Sarkar, "ABCD: Eliminating Array Bounds Checks on Demand" (2000), chained up to three deep.
/// </remarks>
internal sealed class Differences
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

    /// <summary>The number of facts, for <see cref="ForgetTo"/>.</summary>
    public int Count => _added.Count;

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
    public GrowableArray<(int Other, long By)> Above(int x) => Closure(_above, x);

    /// <summary>Each y with y &lt;= x + d, as <see cref="Above"/>.</summary>
    public GrowableArray<(int Other, long By)> Below(int x) => Closure(_below, x);

    /// <summary>The smallest known d with x &lt;= y + d; null when there is none.</summary>
    public long? Between(int x, int y) => Find(Above(x), y);

    /// <summary>
    /// The d of an int in a list from <see cref="Above"/> or <see cref="Below"/>; null when the list does not have the int.
    /// </summary>
    public static long? Find(GrowableArray<(int Other, long By)> found, int other)
    {
        int index = found.FindIndex(entry => entry.Other == other);
        return index < 0 ? null : found[index].By;
    }

    private static GrowableArray<(int Other, long By)> Of(Dictionary<int, GrowableArray<(int Other, long By)>> facts, int x)
    {
        if (!facts.TryGetValue(x, out GrowableArray<(int Other, long By)>? of))
        {
            of = new();
            facts.Add(x, of);
        }

        return of;
    }

    private static GrowableArray<(int Other, long By)> Closure(Dictionary<int, GrowableArray<(int Other, long By)>> facts, int x)
    {
        GrowableArray<(int Other, long By)> found = new();
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
            int known = found.FindIndex(entry => entry.Other == other);
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
}
