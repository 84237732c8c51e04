using System;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// A line of documentation: one that begins with <c>///</c>. Such lines directly before a declaration, or a member of a struct or enum,
/// describe it. To the compiler they are comments.
/// </summary>
internal static class DocumentationLine
{
    private const string Mark = "///";

    /// <summary>What a line says behind the mark and a blank; null for another line. A fourth slash makes it a comment only.</summary>
    public static string? TextOf(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.Trim();
        if (!text.StartsWith(Mark) || text.StartsWith(Mark + "/"))
        {
            return null;
        }

        text = text[Mark.Length..];
        return text.StartsWith(" ") ? text[1..].ToString() : text.ToString();
    }
}
