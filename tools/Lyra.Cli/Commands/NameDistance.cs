using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Cli.Commands;

/// <summary>Finds the name that a misspelled one probably means.</summary>
internal static class NameDistance
{
    /// <summary>The most similar name; null if none is similar.</summary>
    public static string? Closest(string name, IReadOnlyList<string> names) =>
        names.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? names.Select(candidate => (Name: candidate, Edits: Edits(name, candidate)))
                .Where(entry => entry.Edits <= Math.Max(1, name.Length / 3))
                .OrderBy(entry => entry.Edits)
                .Select(entry => entry.Name)
                .FirstOrDefault();

    /// <summary>The fewest insertions, deletions and replacements that change one text into the other (Levenshtein).</summary>
    private static int Edits(string from, string to)
    {
        int[] previous = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int[] current = new int[to.Length + 1];
            current[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[to.Length];
    }
}
