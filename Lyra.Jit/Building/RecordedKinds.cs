using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Building;

/// <summary>The kinds of a value: from its representation, or, where it has none of its own, from the recording.</summary>
internal static class RecordedKinds
{
    /// <summary>Kinds that C# code handles without calling back into the script, as long as they hold nothing else.</summary>
    public const ObservedKinds Plain = ObservedKinds.Nil | ObservedKinds.Bool | ObservedKinds.Int | ObservedKinds.Float
        | ObservedKinds.BigInt | ObservedKinds.Str | ObservedKinds.List | ObservedKinds.Map | ObservedKinds.Set | ObservedKinds.Tuple
        | ObservedKinds.Range | ObservedKinds.Bytes | ObservedKinds.Channel | ObservedKinds.Task;

    public const ObservedKinds SmallNumbers = ObservedKinds.Int | ObservedKinds.Float;

    /// <summary>The kinds that a value is known to be of, or was recorded to be of.</summary>
    public static ObservedKinds Of(IrNode value, ObservedType? seen) => value.Type switch
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
        IrType.Channel => ObservedKinds.Channel,
        IrType.Task => ObservedKinds.Task,
        IrType.Any when value.Op == IrOp.ConstNil => ObservedKinds.Nil,
        IrType.Any => seen?.Kinds ?? ObservedKinds.Other,
        _ => ObservedKinds.Other,
    };

    public static bool AreOnly(ObservedKinds kinds, ObservedKinds allowed) => (kinds & ~allowed) == ObservedKinds.None;

    /// <summary>True when an operation on the value may run script code: the value may be of a kind that is not plain.</summary>
    public static bool MayHaveHooks(IrNode value, ObservedType? seen) => !AreOnly(Of(value, seen), Plain);

    /// <summary>
    /// True when the value was recorded as one on which operations may run script code: instances of structs without hooks are none.
    /// </summary>
    public static bool SawHooks(IrNode value, ObservedType? seen)
    {
        if (!MayHaveHooks(value, seen))
        {
            return false;
        }

        if (value.Type == IrType.Struct)
        {
            return value.Shape!.HasHooks;
        }

        bool areShapesKnown = seen is { IsMegamorphic: false } && AreOnly(Of(value, seen), Plain | ObservedKinds.Struct);
        for (int n = 0; areShapesKnown && n < seen!.Shapes.Count; n++)
        {
            areShapesKnown = !seen.Shapes[n].HasHooks;
        }

        return !areShapesKnown;
    }

    /// <summary>Whether a value was recorded as a dictionary or set of the host that runs none of its code, and nothing else.</summary>
    public static bool IsHostTable(IrNode value, ObservedType? seen) => value.IsUnknown && seen is { Kinds: ObservedKinds.HostTable };

    public static bool SawBigInt(ObservedType? seen) => seen is not null && (seen.Kinds & ObservedKinds.BigInt) != 0;
}
