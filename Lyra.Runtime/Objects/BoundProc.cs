using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A method taken off its object, <c>x.m</c> without a call: calling it calls the method with the object first.</summary>
internal sealed class BoundProc(in Value receiver, ScriptObject target) : ScriptObject
{
    /// <summary>What one takes.</summary>
    public const long Bytes = 40;

    public readonly Value Receiver = receiver;

    /// <summary>A <see cref="Closure"/> or a <see cref="NativeProc"/>.</summary>
    public readonly ScriptObject Target = target;

    public override ValueKind Kind => ValueKind.Proc;

    public override string TypeName => "proc";

    public override long OwnBytes => Bytes;

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(Receiver);
        visitor.Visit(Target);
    }
}
