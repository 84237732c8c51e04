using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Lyra.Analysis;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Cli.Reports;

/// <summary>Writes reports in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS, 2020).</summary>
internal static class SarifReports
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    public static string Of(IReadOnlyList<CheckedFile> files, JsonWriterOptions options)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, files);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (CheckedFile file in files)
            {
                SourceText source = new(file.Source, file.Name);
                foreach (Finding report in file.Reports)
                {
                    WriteResult(json, report, source);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteTool(Utf8JsonWriter json, IReadOnlyList<CheckedFile> files)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "lyra check");
        json.WriteStartArray("rules");
        foreach (string code in files.SelectMany(static file => file.Reports).Select(static report => report.Code).Distinct().Order())
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding report, SourceText source)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", report.Code);
        json.WriteString("level", report.Severity == DiagnosticSeverity.Error ? "error" : "warning");
        WriteText(json, "message", report.Diagnostic.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteFile(json, source);
        json.WriteStartObject("region");
        json.WriteNumber("startLine", report.Diagnostic.Line);
        json.WriteNumber("startColumn", report.Diagnostic.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (report.Edit is { } edit)
        {
            WriteFix(json, edit, source);
        }

        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, TextEdit edit, SourceText source)
    {
        (int startLine, int startColumn) = source.GetPosition(edit.Start);
        (int endLine, int endColumn) = source.GetPosition(edit.End);
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        json.WriteStartArray("artifactChanges");
        json.WriteStartObject();
        WriteFile(json, source);
        json.WriteStartArray("replacements");
        json.WriteStartObject();
        json.WriteStartObject("deletedRegion");
        json.WriteNumber("startLine", startLine);
        json.WriteNumber("startColumn", startColumn);
        json.WriteNumber("endLine", endLine);
        json.WriteNumber("endColumn", endColumn);
        json.WriteEndObject();
        WriteText(json, "insertedContent", edit.NewText);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter json, SourceText source)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", source.FileName.Replace('\\', '/'));
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
