using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lyra.Analysis;
using Lyra.Cli.Options;

namespace Lyra.Cli.Reports;

/// <summary>Writes the reports of <c>lyra check</c> for other programs.</summary>
internal static class CheckReports
{
    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all reports; nothing as text, which is written file by file.</summary>
    public static void Write(CheckFormat format, IReadOnlyList<CheckedFile> files, TextWriter output)
    {
        switch (format)
        {
            case CheckFormat.Json:
                output.WriteLine(JsonOf(files));
                break;
            case CheckFormat.Sarif:
                output.WriteLine(SarifReports.Of(files, Json));
                break;
            case CheckFormat.GitHub:
                foreach (Finding report in files.SelectMany(static file => file.Reports))
                {
                    output.WriteLine(Annotation(report.Diagnostic));
                }

                break;
            case CheckFormat.Text:
                break;
        }
    }

    /// <summary>A list of objects, one for each report.</summary>
    private static string JsonOf(IEnumerable<CheckedFile> files)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Json))
        {
            json.WriteStartArray();
            foreach (CheckedFile file in files)
            {
                foreach (Finding report in file.Reports)
                {
                    WriteReport(json, report);
                }
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteReport(Utf8JsonWriter json, Finding report)
    {
        json.WriteStartObject();
        json.WriteString("file", report.Diagnostic.File);
        json.WriteNumber("line", report.Diagnostic.Line);
        json.WriteNumber("column", report.Diagnostic.Column);
        json.WriteNumber("length", report.Diagnostic.Length);
        json.WriteString("severity", SeverityOf(report));
        json.WriteString("code", report.Code);
        json.WriteString("message", report.Diagnostic.Message);
        if (report.Edit is { } edit)
        {
            json.WriteStartObject("edit");
            json.WriteNumber("start", edit.Start);
            json.WriteNumber("length", edit.Length);
            json.WriteString("text", edit.NewText);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string SeverityOf(Finding report) => report.Severity == DiagnosticSeverity.Error ? "error" : "warning";

    /// <summary>A workflow command of GitHub Actions.</summary>
    private static string Annotation(Diagnostic report)
    {
        string kind = report.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        string file = Escape(report.File).Replace(":", "%3A").Replace(",", "%2C");
        return $"::{kind} file={file},line={report.Line},col={report.Column},title={report.Code}::{Escape(report.Message)}";
    }

    private static string Escape(string text) => text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");
}
