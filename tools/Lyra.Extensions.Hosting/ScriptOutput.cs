using System;
using System.IO;
using System.Text;
using System.Threading;
using Microsoft.Extensions.Logging;

namespace Lyra.Extensions.Hosting;

/// <summary>
/// The output of all pooled engines. It passes what a script prints to the writer of the rental in whose context the script runs; without
/// one, it logs each line.
/// </summary>
/// <remarks>
/// An engine's writer is fixed when the engine is made, but each rental has its own. The context follows the script through its awaits.
/// </remarks>
internal sealed class ScriptOutput(ILogger logger, LogLevel level) : TextWriter
{
    private static readonly AsyncLocal<TextWriter?> Rental = new();

    public override Encoding Encoding => Encoding.Unicode;

    private TextWriter Target => Rental.Value ??= new LogWriter(logger, level);

    /// <summary>Sends the output of scripts that this context runs to a writer, or to the log.</summary>
    /// <returns>The writer, which receives an incomplete last line when it is flushed.</returns>
    public TextWriter Redirect(TextWriter? writer) => Rental.Value = writer ?? new LogWriter(logger, level);

    public static void Restore() => Rental.Value = null;

    public override void Write(char value) => Target.Write(value);

    public override void Write(string? value) => Target.Write(value);

    public override void Write(ReadOnlySpan<char> buffer) => Target.Write(buffer);

    public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

    public override void Flush() => Target.Flush();
}
