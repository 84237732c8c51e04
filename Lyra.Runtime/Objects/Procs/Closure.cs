using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A script proc as a value: its linked code and what it captured.</summary>
internal sealed class Closure(LinkedPrototype code, Value[] captures) : OwnedObject
{
    /// <summary>The code. It changes only when a profile of the engine begins or ends, while the proc has no frame.</summary>
    public LinkedPrototype Code = code;

    /// <summary>Captured values, and an <see cref="Upvalue"/> for each variable that changes after its capture.</summary>
    public readonly Value[] Captures = captures;

    public Prototype Prototype => Code.Prototype;

    public override ValueKind Kind => ValueKind.Proc;

    public override long OwnBytes => BytesFor(Captures.Length);

    /// <summary>Bytes that a closure with this many captures takes.</summary>
    public static long BytesFor(int captures) => 40 + (captures == 0 ? 0 : 24 + (16L * captures));

    /// <summary>Takes the code that has replaced its own, if any. The proc must have no frame.</summary>
    public void Relink()
    {
        while (Code.Replacement is { } present)
        {
            Code = present;
        }
    }

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(Captures.AsSpan());
        visitor.Visit(Code.Module);
    }
}
