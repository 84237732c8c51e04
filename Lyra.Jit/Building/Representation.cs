using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>A representation with the shape that belongs to it.</summary>
internal readonly record struct Representation(IrType Type, Shape? Shape)
{
    public static readonly Representation Any = new(IrType.Any, null);

    /// <summary>What a node is.</summary>
    public static Representation Of(IrNode node) => new(node.Type, node.Type == IrType.Struct ? node.Shape : null);

    /// <summary>The narrowest representation of all that was seen; <see cref="Any"/> when it was of several kinds, or nothing.</summary>
    /// <param name="observed">What was seen; null for nothing.</param>
    /// <param name="besides">Kinds that don't count.</param>
    public static Representation Of(ObservedType? observed, ObservedKinds besides = ObservedKinds.None)
    {
        if (observed is null)
        {
            return Any;
        }

        return (observed.Kinds & ~besides) switch
        {
            ObservedKinds.Bool => new(IrType.Bool, null),
            ObservedKinds.Int => new(IrType.Int, null),
            ObservedKinds.Float => new(IrType.Float, null),
            ObservedKinds.Str => new(IrType.Str, null),
            ObservedKinds.List => new(IrType.List, null),
            ObservedKinds.Map => new(IrType.Map, null),
            ObservedKinds.Set => new(IrType.Set, null),
            ObservedKinds.Tuple => new(IrType.Tuple, null),
            ObservedKinds.Range => new(IrType.Range, null),
            ObservedKinds.Bytes => new(IrType.Bytes, null),
            ObservedKinds.Closure => new(IrType.Closure, null),
            ObservedKinds.Upvalue => new(IrType.Upvalue, null),
            ObservedKinds.Generator => new(IrType.Generator, null),
            ObservedKinds.BigInt => new(IrType.BigInt, null),
            ObservedKinds.Struct when observed.Shapes.Count == 1 && !observed.IsMegamorphic => new(IrType.Struct, observed.Shapes[0]),
            _ => Any,
        };
    }
}
