namespace Lyra.Interpreter.Syntax;

/// <summary>
/// The diagnostics of the front end. A code, once given, keeps its meaning; new ones go to the end of their group.
/// </summary>
internal static class SyntaxDiagnostics
{
#pragma warning disable format // a table, aligned by hand
    public static readonly DiagnosticDescriptor TooManyErrors = Error("LY0001", "Too many errors; fix those above first.");
#pragma warning restore format

    private static DiagnosticDescriptor Error(string code, string message) => new(code, DiagnosticSeverity.Error, message);
}
