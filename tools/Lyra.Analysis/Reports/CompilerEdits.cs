using Lyra.Interpreter.Diagnostics;

namespace Lyra.Analysis.Reports;

/// <summary>The edits for diagnostics of the compiler that name the word to write.</summary>
internal static class CompilerEdits
{
    public static TextEdit? Of(Diagnostic diagnostic, SourceText source) => null;
}
