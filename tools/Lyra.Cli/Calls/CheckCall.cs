using System.Collections.Generic;
using Lyra.Cli.Output;

namespace Lyra.Cli.Calls;

/// <summary><c>lyra check</c>: compiles files and prints what the compiler has to say about each.</summary>
internal static class CheckCall
{
    public static int Execute(string[] files, StandardStreams streams)
    {
        int code = ExitCodes.Done;
        foreach (string file in files)
        {
            string source = SourceFile.Read(file);
            using LyraEngine engine = new();
            IReadOnlyList<Diagnostic> diagnostics = engine.Check(source, file);
            ErrorReport.WriteDiagnostics(streams.Error, diagnostics, source);
            foreach (Diagnostic diagnostic in diagnostics)
            {
                code = diagnostic.Severity == DiagnosticSeverity.Error ? ExitCodes.BadSource : code;
            }
        }

        return code;
    }
}
