using System;
using System.IO;
using System.Text;

namespace RuleService.Running;

/// <summary>Keeps the first characters that a script prints.</summary>
internal sealed class CappedOutput(int most) : TextWriter
{
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.Unicode;

    /// <summary>True if the script has printed more.</summary>
    public bool IsCut { get; private set; }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        int taken = Math.Min(buffer.Length, most - _text.Length);
        _text.Append(buffer[..taken]);
        IsCut |= taken < buffer.Length;
    }

    public override string ToString() => _text.ToString();
}
