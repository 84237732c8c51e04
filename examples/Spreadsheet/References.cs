using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Spreadsheet;

/// <summary>
/// The references of a formula. <c>A1</c> becomes <c>cell("A1")</c> and <c>A1:B3</c> becomes <c>cells("A1:B3")</c>, so that the rest of a
/// formula is an expression of Lyra.
/// </summary>
internal static partial class References
{
    public static bool IsCell(string text) => WholeCell().IsMatch(text);

    /// <param name="formula">The text of the formula.</param>
    /// <param name="used">Receives the names of all cells that the formula refers to.</param>
    /// <returns>The expression.</returns>
    public static string Translate(string formula, ISet<string> used) => Reference().Replace(formula, match =>
    {
        if (match.Groups["text"].Success)
        {
            return match.Value;
        }

        used.UnionWith(CellsOf(match.Value));
        return match.Groups["to"].Success ? $"cells(\"{match.Value}\")" : $"cell(\"{match.Value}\")";
    });

    /// <summary>The cells of <c>A1:B3</c>, row by row; of <c>A1</c>, this cell.</summary>
    public static IEnumerable<string> CellsOf(string reference)
    {
        string[] ends = reference.Split(':');
        int firstRow = int.Parse(ends[0][1..], CultureInfo.InvariantCulture);
        int lastRow = int.Parse(ends[^1][1..], CultureInfo.InvariantCulture);
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (char column = ends[0][0]; column <= ends[^1][0]; column++)
            {
                yield return $"{column}{row}";
            }
        }
    }

    // Strs are skipped: "A1" in quotes is text.
    [GeneratedRegex("""(?<text>"(?:[^"\\]|\\.)*")|\b[A-Z][1-9][0-9]?(?<to>:[A-Z][1-9][0-9]?)?\b""")]
    private static partial Regex Reference();

    [GeneratedRegex("^[A-Z][1-9][0-9]?$")]
    private static partial Regex WholeCell();
}
