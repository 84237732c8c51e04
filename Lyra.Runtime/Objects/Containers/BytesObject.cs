using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A buffer of bytes, which can change unless it is frozen; its length never changes.</summary>
internal sealed class BytesObject(byte[] items) : OwnedObject
{
    public readonly byte[] Items = items;

    /// <summary>Whether the bytes never change: all engines share them.</summary>
    public bool IsFrozen => Owner == EveryEngine;

    public override ValueKind Kind => ValueKind.Bytes;

    public override long OwnBytes => BytesFor(Items.Length);

    /// <summary>Bytes that a buffer of this length takes.</summary>
    public static long BytesFor(long length) => 48 + length;
}
