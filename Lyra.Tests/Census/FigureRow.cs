using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lyra.Tests.Census;

/// <summary>A row of <c>Figures.txt</c>: a page, and a text of it around a figure. White space counts as one blank.</summary>
internal sealed class FigureRow
{
    private const string Separator = " | ";

    private FigureRow(string line, string page, string text)
    {
        Line = line;
        Page = page;
        Pattern = new Regex(string.Join(@"\s+", text.Split(' ').Select(Regex.Escape)));
    }

    public string Line { get; }

    public string Page { get; }

    public Regex Pattern { get; }

    public static bool IsRow(string line) => line.Contains(Separator, StringComparison.Ordinal);

    public static FigureRow Parse(string line)
    {
        string[] parts = line.Split(Separator, 2);
        return new FigureRow(line, parts[0], parts[1]);
    }
}
