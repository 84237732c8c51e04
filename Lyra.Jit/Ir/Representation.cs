using System;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>A representation, with the shape of a struct.</summary>
internal readonly record struct Representation(IrType Type, Shape? Shape)
{
    public static readonly Representation Any = new(IrType.Any, null);

    // Written out, because the CLR would have to compile its own comparer of types when a process uses it first.
    public bool Equals(Representation other) => Type == other.Type && ReferenceEquals(Shape, other.Shape);

    public override int GetHashCode() => HashCode.Combine((int)Type, Shape);

    /// <summary>The representation of a node.</summary>
    public static Representation Of(IrNode node) => new(node.Type, node.Type == IrType.Struct ? node.Shape : null);

    /// <summary>The narrowest representation of an observed type; <see cref="Any"/> when several kinds were seen, or none.</summary>
    /// <param name="observed">The observed type; null when nothing was seen.</param>
    /// <param name="besides">Kinds to ignore.</param>
    public static Representation Of(ObservedType? observed, ObservedKinds besides = ObservedKinds.None)
    {
        if (observed is null)
        {
            return Any;
        }

        ObservedKinds kinds = observed.Kinds & ~besides;
        return kinds != ObservedKinds.Struct ? new(IrTypes.OfObserved(kinds), null)
            : observed.Shapes.Count == 1 && !observed.IsMegamorphic ? new(IrType.Struct, observed.Shapes[0])
            : Any;
    }
}
