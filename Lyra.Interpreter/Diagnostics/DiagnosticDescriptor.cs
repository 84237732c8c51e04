namespace Lyra.Interpreter.Diagnostics;

/// <summary>
/// One kind of diagnostic: its stable code, its severity, and its message with placeholders such as <c>{0}</c> for the details.
/// </summary>
internal sealed record DiagnosticDescriptor(string Code, DiagnosticSeverity Severity, string MessageFormat);
