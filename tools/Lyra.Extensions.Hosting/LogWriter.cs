using System;
using System.IO;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Lyra.Extensions.Hosting;

/// <summary>Logs each line as one entry. A longer line than 16,384 characters becomes several entries.</summary>
internal sealed partial class LogWriter(ILogger logger, LogLevel level) : TextWriter
{
    private const int LongestLine = 16_384;

    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int room = LongestLine - _line.Length;
            int end = buffer.IndexOf('\n');
            int taken = end >= 0 && end <= room ? end : Math.Min(buffer.Length, room);
            _line.Append(buffer[..taken]);
            bool isLine = taken == end;
            buffer = buffer[(isLine ? taken + 1 : taken)..];
            if (isLine || _line.Length == LongestLine)
            {
                LogLine();
            }
        }
    }

    /// <summary>Logs a line that has begun. A rental does this when it ends.</summary>
    public override void Flush()
    {
        if (_line.Length > 0)
        {
            LogLine();
        }
    }

    private void LogLine()
    {
        string line = _line.ToString().TrimEnd('\r');
        _line.Clear();
        Printed(logger, level, line);
    }

    [LoggerMessage(EventId = 1, EventName = "ScriptOutput", Message = "{Line}")]
    private static partial void Printed(ILogger logger, LogLevel level, string line);
}
