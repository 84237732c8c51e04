using System;
using System.IO;
using System.Text;

namespace Lyra.Cli.Output;

/// <summary>
/// The three standard streams, UTF-8 without byte order mark, lines ended by LF. Output is buffered: it is written when the buffer is full, before input
/// is read and at the end; on a terminal at once.
/// </summary>
internal sealed class StandardStreams
{
    private const int BufferSize = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private StreamWriter? _error;

    public StandardStreams()
    {
        Output = new StreamWriter(Console.OpenStandardOutput(), Utf8, BufferSize) { NewLine = "\n", AutoFlush = !Console.IsOutputRedirected };
        Input = new InputReader(Output);
    }

    public StreamWriter Output { get; }

    public TextReader Input { get; }

    /// <summary>
    /// Standard error, not buffered. What is on its way to standard output comes first. What can't be written is dropped: there is nobody left to tell,
    /// and the exit code still says how it ended.
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
            Output.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard output is broken, which the last flush reports; the error that is to be shown now matters more.
        }
    }

    /// <summary>Standard input, opened at the first use; a prompt is seen before it is answered.</summary>
    private sealed class InputReader(TextWriter output) : TextReader
    {
        private StreamReader? _reader;

        public override int Peek() => Open().Peek();

        public override int Read() => Open().Read();

        public override int Read(char[] buffer, int index, int count) => Open().Read(buffer, index, count);

        public override string? ReadLine() => Open().ReadLine();

        private StreamReader Open()
        {
            output.Flush();
            return _reader ??= new StreamReader(Console.OpenStandardInput(), Utf8);
        }
    }
}
