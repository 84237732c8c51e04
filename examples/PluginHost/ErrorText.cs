using System;
using System.IO;
using System.Linq;
using System.Text;
using Lyra;

namespace PluginHost;

/// <summary>Errors as a plugin's author wants to see them: place, message, the line with a caret, and the calls.</summary>
internal static class ErrorText
{
    /// <param name="error">What the engine threw.</param>
    /// <param name="folder">The plugin's folder, which is left out of the names of its files.</param>
    public static string Of(Exception error, string folder)
    {
        StringBuilder text = new();
        switch (error)
        {
            case LyraCompileException compile:
                foreach (Diagnostic one in compile.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error))
                {
                    Append(text, Shorten(one.File, folder), one.Line, one.Column, one.Message, LineOf(one, folder));
                }

                break;
            case LyraException { Line: > 0 } script:
                string message = $"{script.Kind}: {script.Message}";
                Append(text, Shorten(script.File!, folder), script.Line, script.Column, message, script.SourceLine);
                foreach (string call in script.ScriptTrace.Skip(1).Take(5))
                {
                    text.Append("    called by ").Append(Shorten(call, folder)).Append('\n');
                }

                break;
            default:
                text.Append("  ").Append(error.Message).Append('\n');
                break;
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string file, int line, int column, string message, string? source)
    {
        text.Append($"  {file}:{line}:{column}: {message}\n");
        if (source is not null)
        {
            text.Append("    ").Append(source.Replace('\t', ' ')).Append('\n').Append(' ', 3 + column).Append("^\n");
        }
    }

    private static string? LineOf(Diagnostic diagnostic, string folder)
    {
        string file = Path.Combine(Path.GetDirectoryName(folder)!, diagnostic.File);
        return File.Exists(file) ? File.ReadLines(file).ElementAtOrDefault(diagnostic.Line - 1) : null;
    }

    private static string Shorten(string text, string folder) =>
        text.Replace(Path.GetDirectoryName(folder) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
