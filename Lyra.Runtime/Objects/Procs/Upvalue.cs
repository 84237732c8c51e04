using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A captured variable that is assigned after its capture: the frame and every closure over it share this cell. A variable that never
/// changes after its capture is copied into the closure instead and has no upvalue.
/// </summary>
internal sealed class Upvalue : ScriptObject
{
    /// <summary>Bytes that a captured variable takes.</summary>
    public const long Bytes = 40;

    public Value Value;

    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "upvalue";

    public override long OwnBytes => Bytes;

    public override void VisitReferences(HeapVisitor visitor) => visitor.Visit(Value);
}
