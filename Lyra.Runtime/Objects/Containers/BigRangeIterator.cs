using System.Numerics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>Counts up for a range loop whose bounds or indices do not fit 64 bits.</summary>
internal sealed class BigRangeIterator(BigInteger start, BigInteger end) : ScriptIterator
{
    private BigInteger _next = start;

    /// <summary>The next value, unless it equals <see cref="End"/>.</summary>
    public BigInteger Next => _next;

    /// <summary>The value after the last one.</summary>
    public BigInteger End => end;

    public override long OwnBytes => 80 + _next.GetByteCount() + end.GetByteCount();

    public override bool MoveNext(ScriptContext context, out Value value)
    {
        IsDone |= _next >= end;
        if (IsDone)
        {
            value = default;
            return false;
        }

        value = Value.FromBig(_next);
        _next = BigMath.Add(context, _next, BigInteger.One);
        return true;
    }

    public override void Close(ScriptContext context) => IsDone = true;
}
