using System;
using System.IO;
using System.Text;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>An input that is read once and given to many readers from its beginning: what no reader has asked for yet is taken from the source.</summary>
/// <param name="options">Have the source; asked for it when somebody reads for the first time.</param>
internal sealed class ReplayedInput(LyraOptions options)
{
    private readonly StringBuilder _read = new();
    private TextReader? _source;
    private bool _isAtEnd;

    /// <summary>A reader that stands at the beginning.</summary>
    public TextReader CreateReader() => new Reader(this);

    /// <summary>The character at a position that is at most behind those read so far; -1 at the end.</summary>
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
