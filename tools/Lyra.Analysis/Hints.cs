using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Errors;

namespace Lyra.Analysis;

/// <summary>The ends of messages that name what was probably meant.</summary>
internal static class Hints
{
    /// <summary>What other languages call a member, and its name in Lyra.</summary>
    private static readonly Dictionary<string, string> Foreign = new()
    {
        ["append"] = "push",
        ["add"] = "push",
        ["size"] = "length",
        ["len"] = "length",
        ["count"] = "length",
        ["toString"] = "tostring",
        ["to_string"] = "tostring",
        ["toUpperCase"] = "upper",
        ["to_upper"] = "upper",
        ["toUpper"] = "upper",
        ["toLowerCase"] = "lower",
        ["to_lower"] = "lower",
        ["toLower"] = "lower",
        ["strip"] = "trim",
        ["lstrip"] = "trimStart",
        ["rstrip"] = "trimEnd",
        ["startswith"] = "startsWith",
        ["endswith"] = "endsWith",
        ["starts_with"] = "startsWith",
        ["ends_with"] = "endsWith",
        ["includes"] = "contains",
        ["has"] = "contains",
        ["containsKey"] = "has",
        ["has_key"] = "has",
        ["forEach"] = "each",
        ["foreach"] = "each",
        ["where"] = "filter",
        ["select"] = "map",
        ["fold"] = "reduce",
        ["some"] = "any",
        ["every"] = "all",
        ["pushBack"] = "push",
        ["push_back"] = "push",
        ["substring"] = "slice",
        ["substr"] = "slice",
        ["charAt"] = "slice",
        ["shift"] = "removeAt",
    };

    /// <summary>The name that was probably meant among known ones; null if none is near.</summary>
    public static string? NearestOf(string name, IEnumerable<string> known)
    {
        string[] names = [.. known.Take(NearestName.MaxNames)];
        return Foreign.GetValueOrDefault(name) is { } word && names.Contains(word) ? word
            : NearestName.Find(name, names) ?? OneLetterFrom(name, names);
    }

    /// <summary>The only known name that a short one becomes by one letter more or less; null if there are several.</summary>
    private static string? OneLetterFrom(string name, string[] names)
    {
        string[] near = [.. names.Where(known => IsOneLetterMore(known, name) || IsOneLetterMore(name, known)).Distinct()];
        return name.Length >= 3 && near.Length == 1 ? near[0] : null;
    }

    private static bool IsOneLetterMore(string longer, string shorter)
    {
        if (longer.Length != shorter.Length + 1)
        {
            return false;
        }

        int same = 0;
        while (same < shorter.Length && longer[same] == shorter[same])
        {
            same++;
        }

        return longer.AsSpan(same + 1).SequenceEqual(shorter.AsSpan(same));
    }

    /// <summary>The end of a message.</summary>
    public static string Of(string? nearest) => nearest is null ? "; check the spelling" : $"; is it `{nearest}`?";

    /// <summary>The edit that replaces a misspelt name; null unless one known name alone is near.</summary>
    public static TextEdit? Edit(SourceText source, SourceSpan span, string? nearest, IEnumerable<string> known)
    {
        string name = source.GetText(span);
        if (nearest is null || NearestOf(name, known.Where(other => other != nearest)) is not null)
        {
            return null;
        }

        // What other languages have as a field is a method here.
        bool isForeign = Foreign.GetValueOrDefault(name) == nearest;
        bool isCalled = span.End < source.Length && source.Text[span.End] == '(';
        return isForeign && !isCalled ? null : new TextEdit(span.Start, span.Length, nearest);
    }
}
