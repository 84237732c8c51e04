using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace Lyra.Analysis.Docs;

/// <summary>The documentation of the library: the rows of its page, docs/library.md, which is a resource of this assembly.</summary>
internal static class LibraryDocs
{
    public const string Builtins = "builtins";

    private const string Methods = "methods of ";
    private const string Module = "module ";

    private static readonly Lazy<ImmutableArray<(string Section, DocEntry Entry)>> Rows = new(Read);

    /// <summary>The members of a module; none if the library has no such module.</summary>
    public static IEnumerable<DocEntry> OfModule(string name) => Of(Module + name);

    /// <summary>The methods of the values of a type; those that all sequences have are looked up under <c>sequences</c>.</summary>
    public static IEnumerable<DocEntry> OfType(string name) => Of(Methods + name);

    /// <summary>The members of a name in all sections, each with what it belongs to: <c>builtins</c>, <c>str</c>, <c>math</c>.</summary>
    public static IEnumerable<(string Owner, DocEntry Entry)> Named(string name) =>
        Rows.Value.Where(row => row.Entry.Name == name).Select(static row => (OwnerOf(row.Section), row.Entry));

    private static IEnumerable<DocEntry> Of(string section) =>
        Rows.Value.Where(row => row.Section == section).Select(static row => row.Entry);

    private static string OwnerOf(string section) =>
        section.StartsWith(Methods, StringComparison.Ordinal) ? section[Methods.Length..]
            : section.StartsWith(Module, StringComparison.Ordinal) ? section[Module.Length..]
            : section;

    private static ImmutableArray<(string Section, DocEntry Entry)> Read()
    {
        using Stream page = typeof(LibraryDocs).Assembly.GetManifestResourceStream("library.md")!;
        using StreamReader reader = new(page);
        List<(string Section, DocEntry Entry)> rows = [];
        string section = string.Empty;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = char.ToLowerInvariant(line[3]) + line[4..];
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                rows.Add((section, EntryOf(Cells(line))));
            }
        }

        return [.. rows];
    }

    private static DocEntry EntryOf(string[] cells)
    {
        string signature = cells[0].Trim('`');
        string text = cells[2].Length == 0 ? cells[1] : $"{cells[1]}\n\nExample: {cells[2]}";
        return new DocEntry(signature.Split('(')[0], signature, text.Replace("`", string.Empty, StringComparison.Ordinal), []);
    }

    /// <summary>The cells of a row of a Markdown table, in which <c>\|</c> is a bar.</summary>
    private static string[] Cells(string line) =>
        [.. line[2..^2].Split(" | ").Select(static cell => cell.Replace("\\|", "|", StringComparison.Ordinal))];
}
