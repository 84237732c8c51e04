using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Lyra.Analysis;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Cli.Output;

/// <summary>Writes uncaught errors and diagnostics for people.</summary>
internal static class ErrorReport
{
    private const int MaxFirstLine = 4_000;

    /// <summary><c>kind: message</c> in one line, then the source line with a caret, then the trace.</summary>
    public static void WriteUncaught(TextWriter output, LyraException error)
    {
        output.WriteLine(OneLine($"{error.Kind}: {error.Message}"));
        if (error.SourceLine is { } line)
        {
            SourceExcerpt.Write(output, line, error.Column);
        }

        foreach (string entry in error.ScriptTrace)
        {
            output.WriteLine($"  in {OneLine(entry)}");
        }
    }

    /// <summary>Each diagnostic as <c>file:line:column: error: text</c>, with its source line and a caret.</summary>
    public static void WriteDiagnostics(TextWriter output, IEnumerable<Diagnostic> diagnostics, string source)
    {
        SourceText text = new(source, string.Empty);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            output.WriteLine(diagnostic.ToString());
            WriteExcerpt(output, diagnostic, text);
        }
    }

    private static void WriteExcerpt(TextWriter output, Diagnostic diagnostic, SourceText text)
    {
        if (diagnostic.Line >= 1 && diagnostic.Line <= text.LineCount)
        {
            SourceExcerpt.Write(output, text.GetLineText(diagnostic.Line), diagnostic.Column);
        }
    }

    /// <summary>Each report as a diagnostic with its code, with its source line and a caret.</summary>
    public static void WriteReports(TextWriter output, IEnumerable<Finding> reports, string source)
    {
        SourceText text = new(source, string.Empty);
        foreach (Finding report in reports)
        {
            output.WriteLine($"{report.Diagnostic} [{report.Code}]");
            WriteExcerpt(output, report.Diagnostic, text);
        }
    }

    /// <summary>Text with its line ends and other control characters (except tabs) escaped, cut after 4,000 characters.</summary>
    public static string OneLine(string text)
    {
        StringBuilder result = new(Math.Min(text.Length, MaxFirstLine) + 16);
        foreach (char c in text)
        {
            if (result.Length >= MaxFirstLine)
            {
                int end = char.IsHighSurrogate(result[MaxFirstLine - 1]) ? MaxFirstLine - 1 : MaxFirstLine;
                return result.ToString(0, end) + "…";
            }

            Append(result, c);
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, char c)
    {
        switch (c)
        {
            case '\n':
                result.Append("\\n");
                break;
            case '\r':
                result.Append("\\r");
                break;
            case '\t':
                result.Append('\t');
                break;
            case '\u2028' or '\u2029':
            case not '\t' when char.IsControl(c):
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
                break;
            default:
                result.Append(c);
                break;
        }
    }
}
