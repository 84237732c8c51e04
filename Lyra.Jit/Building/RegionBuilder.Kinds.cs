using Lyra.Jit.Ir;
using Lyra.Jit.Recording;

namespace Lyra.Jit.Building;

/// <content>What is known of values that have no representation of their own.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Kinds that C# code handles without calling back, as long as they hold nothing else.</summary>
    private const ObservedKinds PlainKinds = ObservedKinds.Nil | ObservedKinds.Bool | ObservedKinds.Int | ObservedKinds.Float | ObservedKinds.BigInt
        | ObservedKinds.Str | ObservedKinds.List | ObservedKinds.Map | ObservedKinds.Set | ObservedKinds.Tuple | ObservedKinds.Range | ObservedKinds.Bytes;

    private const ObservedKinds SmallNumbers = ObservedKinds.Int | ObservedKinds.Float;

    /// <summary>The kinds that a value was seen to be, or is known to be of.</summary>
    private static ObservedKinds KindsOf(IrNode value, ObservedType? seen) => value.Type switch
    {
        IrType.Int => ObservedKinds.Int,
        IrType.Float => ObservedKinds.Float,
        IrType.Bool => ObservedKinds.Bool,
        IrType.BigInt => ObservedKinds.BigInt,
        IrType.Str => ObservedKinds.Str,
        IrType.List => ObservedKinds.List,
        IrType.Map => ObservedKinds.Map,
        IrType.Set => ObservedKinds.Set,
        IrType.Tuple => ObservedKinds.Tuple,
        IrType.Range => ObservedKinds.Range,
        IrType.Bytes => ObservedKinds.Bytes,
        IrType.Struct => ObservedKinds.Struct,
        IrType.Closure => ObservedKinds.Closure,
        IrType.Generator => ObservedKinds.Generator,
        IrType.Any when value.Op == IrOp.ConstNil => ObservedKinds.Nil,
        IrType.Any => seen?.Kinds ?? ObservedKinds.Other,
        _ => ObservedKinds.Other,
    };

    private static bool AreOnly(ObservedKinds kinds, ObservedKinds allowed) => (kinds & ~allowed) == ObservedKinds.None;

    /// <summary>Whether an operation on the value may run script code: it is no plain value, or was not seen.</summary>
    private static bool MayHaveHooks(IrNode value, ObservedType? seen) => !AreOnly(KindsOf(value, seen), PlainKinds);
}
