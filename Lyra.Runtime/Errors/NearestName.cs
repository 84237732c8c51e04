using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Errors;

/// <summary>
/// Finds the name that a misspelled one most likely means, by the optimal string alignment distance: the number of characters that were
/// inserted, left out, replaced, or exchanged with the next one.
/// </summary>
internal static class NearestName
{
    /// <summary>The most names that are compared.</summary>
    public const int MaxNames = 1_000;

    private const int MaxLength = 64;

    /// <summary>The length up to which most names have others at a distance of one.</summary>
    private const int ShortLength = 4;

    /// <summary>
    /// The known name with the least distance, if that is at most a third of the length; null if there is none. A short name is near only
    /// to one with the same letters.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        int best = Math.Max(1, name.Length / 3) + 1;
        string? nearest = null;
        if (name.Length > MaxLength)
        {
            return null;
        }

        int[,] rows = new int[name.Length + 1, MaxLength + 1];
        foreach (string candidate in known)
        {
            if (candidate.Length > MaxLength || Math.Abs(candidate.Length - name.Length) >= best)
            {
                continue;
            }

            int distance = DistanceOf(rows, name, candidate);
            if (distance > 0 && distance < best && (name.Length > ShortLength || HaveSameLetters(name, candidate)))
            {
                best = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    private static bool HaveSameLetters(string a, string b)
    {
        char[] first = a.ToCharArray();
        char[] second = b.ToCharArray();
        Array.Sort(first);
        Array.Sort(second);
        return first.AsSpan().SequenceEqual(second);
    }

    private static int DistanceOf(int[,] rows, string a, string b)
    {
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Step(rows, a, b, i, j);
            }
        }

        return rows[a.Length, b.Length];
    }

    private static int Step(int[,] rows, string a, string b, int i, int j)
    {
        int replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        int least = Math.Min(replaced, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
        bool isExchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return isExchanged ? Math.Min(least, rows[i - 2, j - 2] + 1) : least;
    }
}
