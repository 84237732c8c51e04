using System;
using System.IO;

namespace Lyra.Cli.Output;

/// <summary>Writes to a stream until a write fails. Later writes are ignored.</summary>
internal sealed class DroppingStream : Stream
{
    private Stream _target = Null;

    /// <param name="open">Opens the stream. It may fail.</param>
    public DroppingStream(Func<Stream> open) => Try(() => _target = open());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Try(() => _target.Write(buffer, offset, count));

    public override void Flush() => Try(_target.Flush);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _target = Null;
        }
    }
}
