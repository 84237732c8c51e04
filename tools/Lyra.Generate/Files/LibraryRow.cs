using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Generate.Files;

/// <summary>What the page of the library says about a member, besides its signature. A line of <see cref="File"/>.</summary>
/// <param name="Section">The section: <c>builtins</c>, <c>methods of str</c>, <c>module math</c>.</param>
/// <param name="Name">The member.</param>
/// <param name="Meaning">What it gives or does, and its errors.</param>
/// <param name="Example">A script; null for a member that needs a host.</param>
/// <param name="Result">The value of the script's last expression, as a literal.</param>
/// <param name="Others">What it is called in Python and in .NET; a dash for nothing alike. Null where the section does not compare.</param>
internal sealed record LibraryRow(
    string Section, string Name, string Meaning, string? Example, string Result, (string Python, string DotNet)? Others)
{
    /// <summary>The lines, with a line <c># section</c> before those of each section.</summary>
    public const string File = "tools/Lyra.Generate/Library/library.rows";

    private const string Separator = " :: ";
    private const string Gives = " ==> ";
    private const string Nothing = "-";

    /// <summary>Reads the lines of <see cref="File"/>.</summary>
    public static IReadOnlyList<LibraryRow> Read(string text)
    {
        List<LibraryRow> rows = [];
        string section = string.Empty;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                section = line[2..];
                continue;
            }

            string[] parts = line.Split(Separator);
            int gives = parts[2].LastIndexOf(Gives, StringComparison.Ordinal);
            string example = gives < 0 ? parts[2] : parts[2][..gives];
            rows.Add(new LibraryRow(
                section,
                parts[0],
                parts[1],
                example == Nothing ? null : example,
                gives < 0 ? string.Empty : parts[2][(gives + Gives.Length)..],
                parts.Length > 4 ? (parts[3], parts[4]) : null));
        }

        return rows;
    }

    /// <summary>The text of <see cref="File"/> with these rows.</summary>
    public static string Write(IReadOnlyList<LibraryRow> rows) => string.Concat(rows.GroupBy(static row => row.Section)
        .Select(static section => $"# {section.Key}\n{string.Concat(section.Select(static row => row.Line()))}"));

    /// <summary>The script of the example, with the import that it needs.</summary>
    public string Script()
    {
        string module = Section.StartsWith("module ", StringComparison.Ordinal) ? Section["module ".Length..].Split('.')[0] : string.Empty;
        string import = module switch
        {
            "" => string.Empty,
            _ => $"import {module}\n",
        };

        // A brace at the start of a statement begins a block.
        return import + (Example!.StartsWith('{') ? $"({Example})" : Example);
    }

    private string Line()
    {
        string example = Example is null ? Nothing : $"{Example}{Gives}{Result}";
        string others = Others is { } names ? $"{Separator}{names.Python}{Separator}{names.DotNet}" : string.Empty;
        return $"{Name}{Separator}{Meaning}{Separator}{example}{others}\n";
    }
}
