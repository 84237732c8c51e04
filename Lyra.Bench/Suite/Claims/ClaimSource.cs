using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Lyra.Bench.Suite.Claims;

/// <summary>Where a figure is claimed.</summary>
/// <param name="Place">The file, or the design.</param>
internal sealed record ClaimSource(string Place)
{
    private const NumberStyles Styles = NumberStyles.Float | NumberStyles.AllowThousands;

    /// <summary>The place of the goals of the design, which no document repeats.</summary>
    public const string DesignPlace = "design";

    /// <summary>The figure, if it is one of the design.</summary>
    public double Figure { get; private init; }

    /// <summary>A pattern that matches the text in the file; its group is the figure. Blanks match any white space.</summary>
    public string? Pattern { get; private init; }

    /// <summary>A goal of the design.</summary>
    public static ClaimSource Design(double figure) => new(DesignPlace) { Figure = figure };

    /// <summary>A figure in a document of the repository.</summary>
    public static ClaimSource Of(string file, string pattern) => new(file)
    {
        Pattern = pattern.Replace(" ", @"\s+", StringComparison.Ordinal),
    };

    /// <summary>The wanted value.</summary>
    /// <param name="read">Reads a document of the repository.</param>
    /// <exception cref="FormatException">The document does not have the text.</exception>
    public double Wanted(Func<string, string> read) =>
        Pattern is null ? Figure : double.Parse(Find(read(Place)).Value, Styles, CultureInfo.InvariantCulture);

    /// <summary>The figure in the text of the document.</summary>
    /// <exception cref="FormatException">The document does not have the text.</exception>
    public Group Find(string document)
    {
        Match match = Regex.Match(document, Pattern!);
        return match.Success ? match.Groups[1] : throw new FormatException($"{Place} has no text that matches {Pattern}");
    }
}
