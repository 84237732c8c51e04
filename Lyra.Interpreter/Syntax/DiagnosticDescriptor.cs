namespace Lyra.Interpreter.Syntax;

/// <summary>
/// One kind of diagnostic: its stable code, how serious it is, and its message with <c>{0}</c>-style places for the details.
/// </summary>
internal sealed record DiagnosticDescriptor(string Code, DiagnosticSeverity Severity, string MessageFormat);
