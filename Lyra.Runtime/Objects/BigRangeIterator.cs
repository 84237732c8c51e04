using System.Numerics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>Counts up where a range loop's bounds or indices do not fit 64 bits.</summary>
internal sealed class BigRangeIterator(BigInteger start, BigInteger end) : ScriptIterator
{
    private BigInteger _next = start;

    /// <summary>What it gives next, unless that is the end.</summary>
    public BigInteger Next => _next;

    /// <summary>Behind the last one.</summary>
    public BigInteger End => end;

    public override long OwnBytes => 80 + _next.GetByteCount() + end.GetByteCount();

    public override bool MoveNext(ScriptContext context, out Value value)
    {
        IsDone = _next >= end;
        if (IsDone)
        {
            value = default;
            return false;
        }

        value = Value.FromBig(_next++);
        return true;
    }

    public override void Close(ScriptContext context) => IsDone = true;
}
