using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>The edits that remove unused imports. An import of a file runs it, so only imports of the library are removed whole.</summary>
internal static class ImportEdits
{
    /// <summary>Removes a whole import, with its line if it stands alone there.</summary>
    public static TextEdit? Whole(SourceModule module, Statement import, ModulePath path) =>
        path.IsQuoted ? null : Remove(module.Source, import.Span);

    /// <summary>Removes one of several names of an import, or the import if it is the only one.</summary>
    public static TextEdit? Part(SourceModule module, ImportNames import, ImportedName name)
    {
        if (import.Names.Length == 1)
        {
            return Whole(module, import, import.Path);
        }

        int index = import.Names.IndexOf(name);
        return index + 1 < import.Names.Length
            ? new TextEdit(name.Span.Start, import.Names[index + 1].Span.Start - name.Span.Start, "")
            : new TextEdit(import.Names[index - 1].Span.End, name.Span.End - import.Names[index - 1].Span.End, "");
    }

    private static TextEdit Remove(SourceText source, SourceSpan span)
    {
        (int line, int column) = source.GetPosition(span.Start);
        string text = source.GetLineText(line);
        int start = span.Start - (column - 1);
        bool isAlone = text.Trim() == source.GetText(span).Trim();
        if (!isAlone)
        {
            return new TextEdit(span.Start, span.Length, "");
        }

        int end = start + text.Length;
        while (end < source.Length && source.Text[end] is '\r')
        {
            end++;
        }

        return new TextEdit(start, (end < source.Length ? end + 1 : end) - start, "");
    }
}
