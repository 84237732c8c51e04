using System.Collections.Generic;
using System.Linq;
using Lyra.Analysis.Reports;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Errors;

namespace Lyra.Analysis.Rules;

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
            : NearestName.Find(name, names);
    }

    /// <summary>The end of a message.</summary>
    public static string Of(string? nearest) => nearest is null ? "; check the spelling" : $"; is it `{nearest}`?";

    /// <summary>The edit that replaces a name; null if no other name is meant.</summary>
    public static TextEdit? Edit(SourceSpan span, string? nearest) =>
        nearest is null ? null : new TextEdit(span.Start, span.Length, nearest);
}
