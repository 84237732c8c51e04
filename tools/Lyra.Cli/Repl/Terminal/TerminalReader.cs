using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using Lyra.Runtime.Hosting;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>
/// The input of scripts in a session at a terminal: lines that are typed, with echo. It reads keys, as the editor does, because a thread
/// that reads the stream ahead would take the next input of the session.
/// </summary>
internal sealed class TerminalReader(TextWriter echo) : PolledReader
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly StringBuilder _typed = new();
    private string _line = string.Empty;
    private int _position;
    private bool _isAtEnd;

    private bool IsReady => _position < _line.Length || _isAtEnd;

    public override bool IsReadyWithin(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (!IsReady)
        {
            while (!IsReady && Console.KeyAvailable)
            {
                Accept(Console.ReadKey(intercept: true));
            }

            if (!IsReady && Stopwatch.GetElapsedTime(start) >= time)
            {
                return false;
            }

            if (!IsReady)
            {
                Thread.Sleep(Pause);
            }
        }

        return true;
    }

    public override int Peek()
    {
        while (!IsReadyWithin(Pause))
        {
        }

        return _isAtEnd ? -1 : _line[_position];
    }

    public override int Read()
    {
        int unit = Peek();
        _position += unit < 0 ? 0 : 1;

        // The end that Ctrl+D makes is that of one read. A later one waits again.
        _isAtEnd = false;
        return unit;
    }

    private void Accept(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                echo.WriteLine();
                _line = _typed.Append('\n').ToString();
                _position = 0;
                _typed.Clear();
                return;
            case ConsoleKey.Backspace when _typed.Length > 0:
                int removed = _typed.Length > 1 && char.IsLowSurrogate(_typed[^1]) ? 2 : 1;
                _typed.Length -= removed;
                echo.Write("\b \b");
                return;
            case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && _typed.Length == 0:
                _isAtEnd = true;
                return;
            case var _ when key.KeyChar != '\0' && !char.IsControl(key.KeyChar):
                _typed.Append(key.KeyChar);
                echo.Write(key.KeyChar);
                return;
        }
    }
}
