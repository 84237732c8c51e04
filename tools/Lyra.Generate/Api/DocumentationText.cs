using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Lyra.Generate.Api;

/// <summary>Converts the text of XML comments to Markdown.</summary>
/// <param name="symbol">The symbol with the comment. References to public types of its assembly and those below become links.</param>
internal sealed partial class DocumentationText(ISymbol symbol)
{
    private const int MostColumns = 120;

    /// <summary>The text of an element, paragraphs separated by empty lines, not wrapped.</summary>
    public string Of(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => Blanks().Replace(plain.Value, " "),
                XElement child => Child(child),
                _ => "",
            });
        }

        return EmptyLines().Replace(LineEnds().Replace(text.ToString(), "\n"), "\n\n").Trim();
    }

    /// <summary>A reference of an attribute <c>cref</c>: a link, if it is to a public type of Lyra or its member, else code.</summary>
    public string Reference(string cref)
    {
        string name = cref.Contains(':', StringComparison.Ordinal) ? cref[(cref.IndexOf(':', StringComparison.Ordinal) + 1)..] : cref;
        int parameters = name.IndexOf('(', StringComparison.Ordinal);
        string path = Arity().Replace(parameters < 0 ? name : name[..parameters], "");
        string[] parts = path.Split('.');
        bool isType = cref.StartsWith("T:", StringComparison.Ordinal) || parts.Length < 2;
        string shown = isType ? parts[^1] : parts[^1] == "#ctor" ? parts[^2] : $"{parts[^2]}.{parts[^1]}";
        INamedTypeSymbol? type = parts is ["Lyra", var typeName, ..] ? Find(typeName) : null;
        return type is null ? $"`{shown}`" : $"[{shown}](#{ApiPage.Anchor(type)})";
    }

    public static string FirstSentence(string text)
    {
        string line = text.Replace('\n', ' ');
        Match end = SentenceEnd().Match(line);
        return (end.Success ? line[..(end.Index + 1)] : line).Replace("|", "\\|", StringComparison.Ordinal);
    }

    /// <summary>Breaks lines before they become too long. Blocks of code stay as they are.</summary>
    public static string Wrap(string text, string indentation)
    {
        List<string> lines = [];
        bool isCode = false;
        foreach (string line in text.Split('\n'))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            lines.AddRange(isCode || line.StartsWith("```", StringComparison.Ordinal) ? [line] : Broken(line, indentation));
        }

        return string.Join('\n', lines.Select((line, i) => i > 0 && line.Length > 0 ? indentation + line : line));
    }

    private static IEnumerable<string> Broken(string text, string indentation)
    {
        StringBuilder line = new();
        foreach (string word in Words().Matches(text).Select(match => match.Value))
        {
            if (line.Length > 0 && line.Length + word.Length + 1 > MostColumns - indentation.Length - 2)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private string Child(XElement child) => child.Name.LocalName switch
    {
        "c" => $"`{child.Value}`",
        "see" or "seealso" => child.Attribute("cref") is { } cref ? Reference(cref.Value)
            : $"`{(string?)child.Attribute("langword") ?? child.Value}`",
        "paramref" or "typeparamref" => $"`{(string?)child.Attribute("name")}`",
        "para" => $"\n\n{Of(child)}\n\n",
        "code" => $"\n\n```csharp\n{Unindented(child.Value)}\n```\n\n",
        "list" => $"\n\n{string.Concat(child.Elements("item").Select(item => $"- {string.Join(": ", item.Elements().Select(Of))}\n"))}\n",
        _ => Of(child),
    };

    private INamedTypeSymbol? Find(string name)
    {
        IEnumerable<IAssemblySymbol> assemblies = symbol.ContainingModule.ReferencedAssemblySymbols.Append(symbol.ContainingAssembly);
        return assemblies.SelectMany(assembly => Types(assembly, name))
            .FirstOrDefault(type => type.DeclaredAccessibility == Accessibility.Public);
    }

    private static IEnumerable<INamedTypeSymbol> Types(IAssemblySymbol assembly, string name) =>
        assembly.GlobalNamespace.GetNamespaceMembers().Where(space => space.Name == "Lyra").SelectMany(space => space.GetTypeMembers(name));

    private static string Unindented(string code)
    {
        string[] lines = code.Trim('\n').TrimEnd().Split('\n');
        int margin = lines.Where(line => line.Trim().Length > 0)
            .Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty()
            .Min();
        return string.Join('\n', lines.Select(line => line.Length >= margin ? line[margin..].TrimEnd() : ""));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@" *\n *(?=\n|\S)")]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"`{1,2}\d+|\{.*?\}")]
    private static partial Regex Arity();

    [GeneratedRegex(@"\.(?= |$)")]
    private static partial Regex SentenceEnd();

    // Code in backquotes stays in one line.
    [GeneratedRegex(@"(?:`[^`]*`|[^\s`])+")]
    private static partial Regex Words();
}
