using System;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Analysis;

/// <summary>The edits for diagnostics of the compiler that name the word to write.</summary>
internal static class CompilerEdits
{
    private const string Increment = " += 1";
    private const string Decrement = " -= 1";

    /// <summary>The edit for a diagnostic; null if it is not certain what was meant.</summary>
    public static TextEdit? Of(Diagnostic diagnostic, SourceText source)
    {
        int start = source.OffsetOf(diagnostic.Line) + diagnostic.Column - 1;
        string text = source.GetText(new SourceSpan(start, diagnostic.Length));
        string? meant = diagnostic.Code switch
        {
            _ when diagnostic.Code == SyntaxDiagnostics.ForeignWord.Code => WordFor(text),
            _ when diagnostic.Code == SyntaxDiagnostics.ForeignOperator.Code => text switch
            {
                "===" => "==",
                "!==" => "!=",
                _ => null,
            },
            _ when diagnostic.Code == SyntaxDiagnostics.SingleQuotes.Code => Requoted(text),
            _ when diagnostic.Code == CompilerDiagnostics.UndefinedName.Code => NameFor(text),
            _ when diagnostic.Code == CompilerDiagnostics.UnknownType.Code => NameHints.TypeOfOtherLanguages(text),
            _ when diagnostic.Code == SyntaxDiagnostics.NoIncrement.Code => IncrementFor(source.GetLineText(diagnostic.Line), text),
            _ => null,
        };
        return meant is null ? null : new TextEdit(start, text.Length, meant);
    }

    /// <summary>The words that have one counterpart.</summary>
    private static string? WordFor(string word) => word switch
    {
        "elif" or "elsif" or "elseif" or "function" or "def" or "fn" or "func" or "class" or "foreach" or "raise" or "except" =>
            NameHints.StatementOfOtherLanguages(word),
        "instanceof" => "is",
        _ => null,
    };

    private static string? NameFor(string name) =>
        NameHints.OfOtherLanguages(name) is { } word && Array.TrueForAll(word.ToCharArray(), char.IsLetter) ? word : null;

    private static string? Requoted(string text) =>
        text.Length >= 2 && text[^1] == '\'' && text.AsSpan().IndexOfAny('"', '\\', '$') < 0 ? $"\"{text[1..^1]}\"" : null;

    /// <summary>For a line that is <c>x++</c>, the rest of an assignment.</summary>
    private static string? IncrementFor(string line, string sign)
    {
        string trimmed = line.Trim().TrimEnd(';');
        bool isStatement = trimmed.EndsWith(sign, StringComparison.Ordinal) && trimmed.Length > sign.Length
            && Array.TrueForAll(trimmed[..^sign.Length].ToCharArray(), static c => char.IsLetterOrDigit(c) || c is '_' or '.');
        return !isStatement ? null : sign == "++" ? Increment : Decrement;
    }
}
