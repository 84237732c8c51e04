using System;
using System.IO;

namespace Lyra.Generate.Files;

/// <summary>
/// A part of a page that a tool writes. It stands between two comments, <c>&lt;!-- NAME: begin … --&gt;</c> and
/// <c>&lt;!-- NAME: end --&gt;</c>.
/// </summary>
internal static class MarkedSection
{
    /// <exception cref="InvalidDataException">The page lacks a marker.</exception>
    public static string Replace(string page, string name, string text)
    {
        (int begin, int end) = Find(page, name);
        return $"{page[..begin]}\n{text}{page[end..]}";
    }

    /// <summary>The bounds of what stands between the markers.</summary>
    private static (int Begin, int End) Find(string page, string name)
    {
        int marker = page.IndexOf($"<!-- {name}: begin", StringComparison.Ordinal);
        int begin = marker < 0 ? -1 : page.IndexOf('\n', marker);
        int end = begin < 0 ? -1 : page.IndexOf($"<!-- {name}: end -->", begin, StringComparison.Ordinal);
        return end < 0 ? throw new InvalidDataException($"The page has no markers '{name}: begin' and '{name}: end'.") : (begin + 1, end);
    }
}
