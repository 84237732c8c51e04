using System.Collections.Generic;
using Lyra.Cli.Files;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra check</c>: compiles files and prints the diagnostics of each.</summary>
internal static class CheckCommand
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
