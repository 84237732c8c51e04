using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Lyra.Generate.Api;

/// <summary>The XML comment of a symbol, as Markdown.</summary>
/// <param name="Summary">What it is; empty if there is no comment.</param>
/// <param name="Remarks">More about it.</param>
/// <param name="Items">Parameters, result and exceptions, one line each.</param>
internal sealed record ApiComment(string Summary, string Remarks, IReadOnlyList<string> Items)
{
    private static readonly ApiComment None = new("", "", []);

    /// <summary>The comment's text; that of the base or interface member for <c>inheritdoc</c>; empty if there is none.</summary>
    public static string RawOf(ISymbol symbol)
    {
        string text = symbol.GetDocumentationCommentXml() ?? "";
        return text.Contains("<inheritdoc", StringComparison.Ordinal) && Inherited(symbol) is { } source ? RawOf(source) : Inner(text);
    }

    public static ApiComment Of(ISymbol symbol)
    {
        string raw = RawOf(symbol);
        if (raw.Length == 0)
        {
            return None;
        }

        XElement comment = XElement.Parse($"<comment>{raw}</comment>");
        DocumentationText text = new(symbol);
        List<string> items = [];
        items.AddRange(comment.Elements("typeparam").Concat(comment.Elements("param"))
            .Select(element => $"`{(string?)element.Attribute("name")}`: {text.Of(element)}"));
        items.AddRange(comment.Elements("returns").Select(element => $"Returns: {text.Of(element)}"));
        items.AddRange(comment.Elements("exception")
            .Select(element => $"Throws {text.Reference((string?)element.Attribute("cref") ?? "")}: {text.Of(element)}"));
        return new ApiComment(
            string.Join("\n\n", comment.Elements("summary").Concat(comment.Elements("value")).Select(text.Of)),
            string.Join("\n\n", comment.Elements("remarks").Select(text.Of)),
            items);
    }

    public void AppendTo(StringBuilder text)
    {
        foreach (string part in ((string[])[Summary, Remarks]).Where(part => part.Length > 0))
        {
            text.Append(DocumentationText.Wrap(part, "")).Append("\n\n");
        }

        foreach (string item in Items)
        {
            text.Append("- ").Append(DocumentationText.Wrap(item, "  ")).Append('\n');
        }

        text.Append(Items.Count > 0 ? "\n" : "");
    }

    private static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(one => one.GetMembers()).FirstOrDefault(member =>
            SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol)),
    };

    /// <summary>What the element <c>member</c> contains.</summary>
    private static string Inner(string text)
    {
        int begin = text.IndexOf('>', StringComparison.Ordinal);
        int end = text.LastIndexOf("</member>", StringComparison.Ordinal);
        return begin < 0 || end < begin ? "" : text[(begin + 1)..end].Trim();
    }
}
