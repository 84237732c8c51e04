namespace Lyra.Analysis;

/// <summary>One kind of report: its code, its name in settings, its severity, and its message with placeholders.</summary>
/// <param name="Code">The code, which never changes its meaning.</param>
/// <param name="Name">The name by which a file or a project turns it off.</param>
/// <param name="Severity">The severity outside of a <c>try</c>.</param>
/// <param name="Message">The message, with placeholders such as <c>{0}</c>.</param>
internal sealed record ReportRule(string Code, string Name, DiagnosticSeverity Severity, string Message);
