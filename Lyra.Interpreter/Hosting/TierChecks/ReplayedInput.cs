using System;
using System.IO;
using System.Text;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>An input that is read once and replayed to many readers from its beginning.</summary>
/// <param name="options">Their input is the source. It is not touched before the first read.</param>
internal sealed class ReplayedInput(LyraOptions options)
{
    private readonly StringBuilder _read = new();
    private TextReader? _source;
    private bool _isAtEnd;

    /// <summary>Returns a reader at the beginning.</summary>
    public TextReader CreateReader() => new Reader(this);

    /// <summary>The character at a position, which is at most the number of characters read so far; −1 at the end.</summary>
    private int At(int position)
    {
        if (position < _read.Length)
        {
            return _read[position];
        }

        if (_isAtEnd)
        {
            return -1;
        }

        int next = (_source ??= options.Input).Read();
        if (next < 0)
        {
            _isAtEnd = true;
            return -1;
        }

        _read.Append((char)next);
        return next;
    }

    private sealed class Reader(ReplayedInput input) : TextReader
    {
        private int _position;

        public override int Peek() => input.At(_position);

        public override int Read()
        {
            int next = input.At(_position);
            _position += next < 0 ? 0 : 1;
            return next;
        }
    }
}
