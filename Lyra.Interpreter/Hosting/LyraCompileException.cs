using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lyra;

/// <summary>Thrown when a script does not compile.</summary>
public sealed class LyraCompileException : Exception
{
    internal LyraCompileException(IReadOnlyList<Diagnostic> diagnostics)
        : base(Summarize(diagnostics)) => Diagnostics = diagnostics;

    /// <summary>The errors and warnings of the compiler, in source order. At least one is an error.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    private static string Summarize(IReadOnlyList<Diagnostic> diagnostics)
    {
        Diagnostic? first = null;
        int errors = 0;
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error)
            {
                first ??= diagnostic;
                errors++;
            }
        }

        string more = errors switch
        {
            <= 1 => string.Empty,
            2 => " (and 1 more error)",
            _ => string.Create(CultureInfo.InvariantCulture, $" (and {errors - 1} more errors)"),
        };
        return $"{first}{more}";
    }
}
