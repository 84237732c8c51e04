using System;
using System.IO;
using System.Text;

namespace Lyra.Cli.Output;

/// <summary>
/// The three standard streams, opened at their first use: UTF-8 without byte order mark, with LF at line ends. Output to a terminal is not
/// buffered. Other output is written when the buffer is full, before input is read, and at the end.
/// </summary>
internal sealed class StandardStreams
{
    private const int BufferSize = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private StreamWriter? _output;
    private StreamWriter? _error;
    private InputReader? _input;

    public StreamWriter Output => _output ??= new StreamWriter(Console.OpenStandardOutput(), Utf8, BufferSize)
    {
        NewLine = "\n",
        AutoFlush = !Console.IsOutputRedirected,
    };

    public TextReader Input => _input ??= new InputReader(Output);

    /// <summary>
    /// Standard error, not buffered. Buffered output is written first. Failed writes to standard error are ignored; the exit code still
    /// tells how the command ended.
    /// </summary>
    public TextWriter Error
    {
        get
        {
            FlushBeforeError();
            return _error ??= new StreamWriter(new DroppingStream(Console.OpenStandardError), Utf8) { NewLine = "\n", AutoFlush = true };
        }
    }

    public static bool IsOutputTerminal => !Console.IsOutputRedirected;

    public static bool IsErrorTerminal => !Console.IsErrorRedirected;

    private void FlushBeforeError()
    {
        try
        {
            _output?.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The last flush reports that standard output failed. The error to show now is more important.
        }
    }
}
