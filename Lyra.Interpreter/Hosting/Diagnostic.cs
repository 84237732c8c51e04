using System.Globalization;

namespace Lyra;

/// <summary>How serious a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The source cannot be compiled.</summary>
    Error,

    /// <summary>The source compiles, but probably does not do what was meant.</summary>
    Warning,

    /// <summary>A remark.</summary>
    Info,
}

/// <summary>Something that the compiler has to say about a place in a source file. Immutable.</summary>
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

    /// <summary>How serious it is.</summary>
    public DiagnosticSeverity Severity { get; }

    /// <summary>The stable code of this kind of diagnostic, such as <c>LY0101</c>.</summary>
    public string Code { get; }

    /// <summary>One sentence that says what is wrong and what to do.</summary>
    public string Message { get; }

    /// <summary>The name of the source file.</summary>
    public string File { get; }

    /// <summary>The line on which it begins, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The column at which it begins, counted from 1 in UTF-16 code units.</summary>
    public int Column { get; }

    /// <summary>How many UTF-16 code units it concerns; 0 where something is missing.</summary>
    public int Length { get; }

    /// <summary>The diagnostic as <c>file:line:column: error: text</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {SeverityText}: {Message}");

    internal string SeverityText => Severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };
}
