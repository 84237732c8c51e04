using System.Globalization;

namespace Lyra;

/// <summary>The severity of a <see cref="Diagnostic"/>.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The source cannot be compiled.</summary>
    Error,

    /// <summary>The source compiles, but probably does not do what its author meant.</summary>
    Warning,

    /// <summary>A remark.</summary>
    Info,
}

/// <summary>An error, warning or remark of the compiler about a place in a source file. Immutable.</summary>
public sealed class Diagnostic
{
    internal Diagnostic(DiagnosticSeverity severity, string code, string message, string file, int line, int column, int length)
    {
        Severity = severity;
        Code = code;
        Message = message;
        File = file;
        Line = line;
        Column = column;
        Length = length;
    }

    /// <summary>The severity.</summary>
    public DiagnosticSeverity Severity { get; }

    /// <summary>The code of this kind of diagnostic, such as <c>LY0101</c>. Codes keep their meaning in later versions.</summary>
    public string Code { get; }

    /// <summary>One sentence that says what is wrong and what to do.</summary>
    public string Message { get; }

    /// <summary>The name of the source file.</summary>
    public string File { get; }

    /// <summary>The line of its first character, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The column of its first character, counted from 1 in UTF-16 code units.</summary>
    public int Column { get; }

    /// <summary>The length of the text concerned, in UTF-16 code units; 0 at a place where something is missing.</summary>
    public int Length { get; }

    /// <summary>Returns the diagnostic as <c>file:line:column: error: message</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {SeverityText}: {Message}");

    internal string SeverityText => Severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "info",
    };
}
