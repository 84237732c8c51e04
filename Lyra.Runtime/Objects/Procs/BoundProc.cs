using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A method bound to its object, <c>x.m</c> without a call. Calling it passes the object as the first argument.</summary>
internal sealed class BoundProc(in Value receiver, ScriptObject target) : OwnedObject
{
    /// <summary>The bytes of a bound proc.</summary>
    public const long Bytes = 48;

    public readonly Value Receiver = receiver;

    /// <summary>A <see cref="Closure"/> or a <see cref="NativeProc"/>.</summary>
    public readonly ScriptObject Target = target;

    public override ValueKind Kind => ValueKind.Proc;

    public override long OwnBytes => Bytes;

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(Receiver);
        visitor.Visit(Target);
    }
}
