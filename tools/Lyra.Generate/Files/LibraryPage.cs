using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Generate.Sources;

namespace Lyra.Generate.Files;

/// <summary>The page of the library: the signatures of its table, with <see cref="LibraryRow"/>.</summary>
internal static class LibraryPage
{
    public const string Path = "docs/library.md";

    private const string Head = """
        # The library

        Every builtin, method and member of a module, with an example that a test runs. The signatures come from the table that
        the engine itself reads; `?` marks a parameter that can be left out, `...` one that takes the rest. The tables of modules
        name what is alike in Python and .NET; a dash stands for nothing alike.

        The [specification](language.md#11-built-in-procs-always-in-scope-and-modules) has the rules that several members
        share, and the methods of the values of `collections` and `date`; [tour.md](tour.md) shows the language by examples.
        This page is written by `dotnet run --project tools/Lyra.Generate -- files`.


        """;

    public static string Text(SourceRepository repository)
    {
        Dictionary<(string Section, string Name), LibraryRow> rows =
            LibraryRow.Read(repository.Read(LibraryRow.File)).ToDictionary(static row => (row.Section, row.Name));
        StringBuilder page = new(Head);
        (string Section, string[] Members)[] sections = [.. LibraryLists.Read(repository).Where(static list => list.Members.Length > 0)];
        foreach ((string section, _) in sections)
        {
            page.Append($"- [{Title(section)}](#{Anchor(section)})\n");
        }

        foreach ((string section, string[] members) in sections)
        {
            Append(page, section, [.. members.Select(member => (member, rows[(section, NameOf(member))]))]);
        }

        return page.ToString();
    }

    /// <summary>The name of a member by its signature, or of a constant.</summary>
    public static string NameOf(string member) => member.Split('(')[0];

    private static void Append(StringBuilder page, string section, (string Signature, LibraryRow Row)[] members)
    {
        bool compares = members.Any(static member => member.Row.Others is not null);
        page.Append($"\n## {Title(section)}\n\n| Member | Meaning | Example |{(compares ? " Python | .NET |" : "")}\n");
        page.Append(compares ? "|---|---|---|---|---|\n" : "|---|---|---|\n");
        foreach ((string signature, LibraryRow row) in members)
        {
            string example = row.Example is null ? "" : $"{Code(row.Example)} gives {Code(row.Result)}";
            string others = row.Others is { } names ? $" {Name(names.Python)} | {Name(names.DotNet)} |" : "";
            page.Append($"| {Code(signature)} | {row.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} | {example} |{others}\n");
        }
    }

    private static string Anchor(string section) =>
        section.ToLowerInvariant().Replace(' ', '-').Replace(".", "", StringComparison.Ordinal);

    private static string Title(string section) => char.ToUpperInvariant(section[0]) + section[1..];

    private static string Name(string name) => name == "-" ? "–" : Code(name);

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";
}
