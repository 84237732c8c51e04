using System;
using Shouldly;

namespace Lyra.Tests.Harness;

/// <summary>A generated part of a document, between <c>&lt;!-- NAME: begin --&gt;</c> and <c>&lt;!-- NAME: end --&gt;</c>.</summary>
internal static class MarkedPart
{
    public static string Read(string document, string name) => document[Find(document, name)];

    public static string Replace(string document, string name, string text)
    {
        Range part = Find(document, name);
        return $"{document[..part.Start]}{text}{document[part.End..]}";
    }

    /// <summary>The lines between the two markers.</summary>
    private static Range Find(string document, string name)
    {
        string begin = $"<!-- {name}: begin -->\n";
        int start = document.IndexOf(begin, StringComparison.Ordinal);
        int end = document.IndexOf($"<!-- {name}: end -->", StringComparison.Ordinal);
        (start >= 0 && end > start).ShouldBeTrue($"there is no part between <!-- {name}: begin --> and <!-- {name}: end -->");
        return (start + begin.Length)..end;
    }
}
