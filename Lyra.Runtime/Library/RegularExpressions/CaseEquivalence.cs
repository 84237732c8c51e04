using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The code units that option <c>i</c> does not distinguish: those with the same lower case, and those that .NET's regular expressions
/// treat so in addition.
/// </summary>
internal static class CaseEquivalence
{
    /// <summary>Pairs of Unicode 16. The casing tables of an older platform lack them, but .NET's regular expressions know them.</summary>
    private const string NewPairs = "\u019B\uA7DC\u0264\uA7CB\u1C89\u1C8A\uA7CC\uA7CD\uA7DA\uA7DB";

    private static readonly FrozenDictionary<char, string> Others = Build();

    /// <summary>The other code units that are equivalent to one.</summary>
    public static string OthersOf(char unit) => Others.TryGetValue(unit, out string? others) ? others : string.Empty;

    public static bool AreEquivalent(char a, char b) => a == b || OthersOf(a).Contains(b, StringComparison.Ordinal);

    private static FrozenDictionary<char, string> Build()
    {
        Dictionary<char, string> classes = [];
        for (int unit = 0; unit <= char.MaxValue; unit++)
        {
            char lower = char.ToLowerInvariant((char)unit);
            if (lower != unit)
            {
                Join(classes, lower, (char)unit);
            }
        }

        for (int i = 0; i < NewPairs.Length; i += 2)
        {
            Join(classes, NewPairs[i], NewPairs[i + 1]);
        }

        Dictionary<char, string> others = [];
        foreach ((char unit, string all) in classes)
        {
            others[unit] = all.Replace(unit.ToString(), string.Empty, StringComparison.Ordinal);
        }

        return others.ToFrozenDictionary();
    }

    private static void Join(Dictionary<char, string> classes, char a, char b)
    {
        string first = classes.GetValueOrDefault(a, a.ToString());
        if (first.Contains(b, StringComparison.Ordinal))
        {
            return;
        }

        string all = first + classes.GetValueOrDefault(b, b.ToString());
        foreach (char unit in all)
        {
            classes[unit] = all;
        }
    }
}
