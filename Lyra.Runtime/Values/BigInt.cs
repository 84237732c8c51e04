using System.Numerics;

namespace Lyra.Runtime.Values;

/// <summary>An int beyond 64 bits. Immutable. Never made for a value that fits 64 bits: see <see cref="Values.Value.FromBig"/>.</summary>
internal sealed class BigInt(BigInteger value) : ScriptObject
{
    public readonly BigInteger Value = value;

    public override ValueKind Kind => ValueKind.Int;

    public override long OwnBytes => 48 + (Value.GetByteCount() + 7L & ~7L);
}
