using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;

namespace Lyra.Analysis;

/// <summary>Applies the edits of reports to a source, until there are no more.</summary>
internal static class Fixer
{
    /// <summary>An edit may show the next fault; a source that changes more often is left as it is then.</summary>
    private const int MaxRounds = 20;

    /// <summary>The mended source.</summary>
    /// <param name="source">The text.</param>
    /// <param name="check">Gives the reports about a text.</param>
    public static string Fix(string source, Func<string, IReadOnlyList<Finding>> check)
    {
        for (int i = 0; i < MaxRounds; i++)
        {
            string mended = Apply(source, [.. check(source).Select(static report => report.Edit).OfType<TextEdit>()]);
            if (mended == source || SyntaxErrors(mended) > SyntaxErrors(source))
            {
                break;
            }

            source = mended;
        }

        return source;
    }

    /// <summary>Applies the edits that overlap no other one.</summary>
    public static string Apply(string source, IReadOnlyCollection<TextEdit> edits)
    {
        TextEdit[] sorted = [.. edits.Distinct().OrderBy(static edit => edit.Start).ThenBy(static edit => edit.End)];
        StringBuilder text = new(source.Length);
        int position = 0;
        int furthest = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            TextEdit edit = sorted[i];
            bool overlapsBefore = edit.Start < furthest || (i > 0 && sorted[i - 1].Start == edit.Start);
            bool overlapsNext = i + 1 < sorted.Length && sorted[i + 1].Start < Math.Max(edit.End, edit.Start + 1);
            furthest = Math.Max(furthest, edit.End);
            if (!overlapsBefore && !overlapsNext)
            {
                text.Append(source, position, edit.Start - position).Append(edit.NewText);
                position = edit.End;
            }
        }

        return text.Append(source, position, source.Length - position).ToString();
    }

    private static int SyntaxErrors(string text)
    {
        SourceText source = new(text, "");
        DiagnosticBag diagnostics = new(source);
        Parser.Parse(source, diagnostics, new WorkMeter());
        return diagnostics.ToImmutable().Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
