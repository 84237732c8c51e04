using System.IO;
using System.Text;

namespace Lyra.Fuzz.Running;

/// <summary>Keeps output up to a limit, and a hash of all output.</summary>
internal sealed class BoundedWriter : TextWriter
{
    private const int MaxKept = 1 << 16;

    private readonly StringBuilder _kept = new();
    private ulong _hash = 14695981039346656037;
    private long _length;

    public BoundedWriter() => CoreNewLine = ['\n'];

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value)
    {
        _length++;
        _hash = unchecked((_hash ^ value) * 1099511628211);
        if (_kept.Length < MaxKept)
        {
            _kept.Append(value);
        }
    }

    public override string ToString() => _length == _kept.Length ? _kept.ToString() : $"{_kept}… {_length} characters, hash {_hash:X}";
}
