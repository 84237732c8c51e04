using System;
using System.Buffers;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Hosting;

/// <summary>Bytes that grow, and are charged before they do.</summary>
/// <param name="context">Pays for them.</param>
internal sealed class ChargedBuffer(ScriptContext context) : IBufferWriter<byte>
{
    private const int LeastBytes = 256;

    private byte[] _bytes = [];
    private int _count;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void Reserve(int more)
    {
        long needed = (long)_count + more;
        if (needed <= _bytes.Length)
        {
            return;
        }

        long size = Math.Min(Math.Max(needed, Math.Max(2L * _bytes.Length, LeastBytes)), Math.Max(needed, Array.MaxLength));
        context.ChargeCopy(size);
        int former = _bytes.Length;
        Array.Resize(ref _bytes, checked((int)size));
        context.ReleaseCopy(former);
    }
}
