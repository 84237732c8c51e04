using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis.Docs;

/// <summary>
/// Reads the documentation of declarations: the lines that begin with <c>///</c> directly before one, or before a member of a struct or
/// enum.
/// </summary>
internal static class SourceDocs
{
    /// <summary>The declarations at the top level of a source text, in its order. Lines with syntax errors are left out.</summary>
    public static ImmutableArray<DocEntry> Of(SourceText source)
    {
        ModuleNode tree = Parser.Parse(source, new DiagnosticBag(source));
        return [.. tree.Statements.SelectMany(statement => Of(source, statement))];
    }

    private static List<DocEntry> Of(SourceText source, Statement statement)
    {
        switch (statement)
        {
            case ProcDeclaration proc:
                return [Of(source, proc.Proc.Name!, proc.Span, proc.Proc.Body.Span.Start, [])];
            case StructDeclaration type:
                return [Of(source, type.Name, type.Span, type.NameSpan.End, MembersOf(source, type.Fields, type.Methods))];
            case EnumDeclaration type:
                IEnumerable<DocEntry> cases = type.Cases.Select(@case => Of(source, @case.Name, @case.Span, @case.Span.End, []));
                return [Of(source, type.Name, type.Span, type.NameSpan.End, [.. cases, .. MembersOf(source, [], type.Methods)])];
            case TypeDeclaration type:
                return [Of(source, type.Name, type.Span, type.Span.End, [])];
            case VariableDeclaration variable:
                List<DocEntry> names = [];
                PatternNames.ForEach(variable.Target, binding => names.Add(Of(source, binding.Name, variable.Span, variable.Span.End, [])));
                return names;
            default:
                return [];
        }
    }

    private static ImmutableArray<DocEntry> MembersOf(
        SourceText source, ImmutableArray<FieldDeclaration> fields, ImmutableArray<ProcNode> methods) =>
    [
        .. fields.Select(field => Of(source, field.Name, field.Span, field.Span.End, [])),
        .. methods.Select(method => Of(source, method.Name!, method.Span, method.Body.Span.Start, [])),
    ];

    private static DocEntry Of(SourceText source, string name, SourceSpan span, int end, ImmutableArray<DocEntry> members) =>
        new(name, OneLine(source.Text[span.Start..end]), Above(source, span.Start), members);

    /// <summary>
    /// The documentation that ends on the line before a declaration; empty if something else stands before it on its own line.
    /// </summary>
    private static string Above(SourceText source, int start)
    {
        int line = source.GetLine(start);
        List<string> lines = [];
        if (!source.Text.AsSpan()[source.OffsetOf(line)..start].IsWhiteSpace())
        {
            return string.Empty;
        }

        while (line > 1 && DocumentationLine.TextOf(source.GetLineText(line - 1)) is { } text)
        {
            lines.Add(text);
            line--;
        }

        lines.Reverse();
        return string.Join('\n', lines).Trim();
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
