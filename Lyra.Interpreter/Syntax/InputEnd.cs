using System;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax;

/// <summary>Decides whether an input of a console lacks its end: whether further lines can remove all of its syntax errors.</summary>
internal static class InputEnd
{
    /// <summary>
    /// Text that follows the input on trial. If every error is in that text then, the parser was willing to read on: it wants an operand, a
    /// name, a body, or the handler of a <c>try</c>.
    /// </summary>
    private static readonly ImmutableArray<string> Continuations = [")", "x", "{ }", "catch { }"];

    /// <summary>
    /// Whether the input has errors, and all of them are due to its end, or ends with documentation, whose declaration is missing.
    /// </summary>
    public static bool IsMissing(string source)
    {
        ImmutableArray<Diagnostic> errors = Parse(source);
        if (errors.IsEmpty)
        {
            return DocumentationLine.TextOf(source.AsSpan(source.LastIndexOf('\n') + 1)) is not null;
        }

        ImmutableArray<Diagnostic> others = Others(errors, source);
        return others.IsEmpty || Continuations.Any(text => Accepts(source, text));
    }

    private static ImmutableArray<Diagnostic> Parse(string source)
    {
        SourceText text = new(source, string.Empty);
        DiagnosticBag diagnostics = new(text);
        Parser.Parse(text, diagnostics);
        return diagnostics.ToImmutable();
    }

    /// <summary>The errors except for brackets, comments and strings that a further line can close.</summary>
    private static ImmutableArray<Diagnostic> Others(ImmutableArray<Diagnostic> errors, string source) =>
        errors.RemoveAll(error => IsCode(error, SyntaxDiagnostics.UnclosedBracket)
            || IsCode(error, SyntaxDiagnostics.UnterminatedComment)
            || (IsCode(error, SyntaxDiagnostics.UnterminatedString) && IsBlock(error, source)));

    /// <summary>Whether an unclosed string may extend over several lines: it can be closed in a new line.</summary>
    private static bool IsBlock(Diagnostic error, string source) =>
        !Parse($"{source}\n\"\"\"").Any(e => e.Code == error.Code && e.Line == error.Line && e.Column == error.Column);

    private static bool Accepts(string source, string continuation)
    {
        int end = LastLineOf(source);
        string tried = $"{source}\n{continuation}";
        return Others(Parse(tried), tried).All(error => error.Line > end);
    }

    private static bool IsCode(Diagnostic error, DiagnosticDescriptor descriptor) => error.Code == descriptor.Code;

    private static int LastLineOf(string source) => new SourceText(source, string.Empty).LineCount;
}
