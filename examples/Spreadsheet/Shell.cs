using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Spreadsheet;

/// <summary>The commands of a user: <c>B2 = 5</c>, <c>C1 = =B2 * 2</c>, <c>why C1</c>, <c>show</c>, <c>quit</c>.</summary>
internal sealed class Shell(Sheet sheet, TextWriter output)
{
    private const int ColumnWidth = 14;

    /// <summary>Sets the cell of a line such as <c>B2 = 5</c>, without calculating. Other lines are comments.</summary>
    public void Load(string line)
    {
        if (Split(line) is var (cell, text))
        {
            sheet.Set(cell, text);
        }
    }

    /// <returns>Whether further commands follow.</returns>
    public bool Execute(string line)
    {
        switch (line.Trim())
        {
            case "":
                break;
            case "quit":
                return false;
            case "show":
                Show();
                break;
            case var command when command.StartsWith("why ", StringComparison.Ordinal):
                output.WriteLine(sheet.Explain(command[4..].Trim().ToUpperInvariant()));
                break;
            case var command when Split(command) is var (cell, text):
                sheet.Set(cell, text);
                IReadOnlyList<string> order = sheet.Recalculate();
                output.WriteLine(order.Count > 0 ? $"calculated {string.Join(", ", order)}" : "calculated nothing");
                break;
            default:
                output.WriteLine("Enter CELL = VALUE, CELL = =FORMULA, why CELL, show or quit.");
                break;
        }

        return true;
    }

    public void Show()
    {
        string[] names = [.. sheet.Cells];
        char[] columns = [.. names.Select(name => name[0]).Distinct().Order()];
        int last = names.Length == 0 ? 0 : names.Max(name => int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture));
        output.WriteLine("    " + string.Concat(columns.Select(column => column.ToString().PadLeft(ColumnWidth))));
        for (int row = 1; row <= last; row++)
        {
            IEnumerable<string> texts = columns.Select(column => sheet.TextOf($"{column}{row}"));
            output.WriteLine($"{row,4}" + string.Concat(texts.Select(text => Fit(text))));
        }
    }

    private static string Fit(string text) =>
        (text.Length < ColumnWidth ? text : text[..(ColumnWidth - 2)] + "…").PadLeft(ColumnWidth);

    private static (string Cell, string Text)? Split(string line) =>
        line.Split('=', 2) is [var cell, var text] && References.IsCell(cell.Trim().ToUpperInvariant())
            ? (cell.Trim().ToUpperInvariant(), text.Trim())
            : null;
}
