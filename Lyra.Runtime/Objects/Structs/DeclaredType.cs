using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A type to which a declaration of a module gave a name. Annotations of other modules refer to it by the variable that holds it; the
/// compiler replaces the name by the type in the module itself.
/// </summary>
internal sealed class DeclaredType(string name, BoundType type) : OwnedObject
{
    public string Name { get; } = name;

    public BoundType Type { get; } = type;

    public override ValueKind Kind => ValueKind.StructType;

    /// <summary>The code of the module counts it.</summary>
    public override long OwnBytes => 0;
}
