using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;

namespace Lyra.Jit.Building;

/// <summary>The kinds of a value: from its representation, or, where it has none of its own, from the recording.</summary>
internal static class RecordedKinds
{
    /// <summary>Kinds that C# code handles without calling back into the script, as long as they hold nothing else.</summary>
    public static readonly ObservedKinds Plain = FindPlain();

    public const ObservedKinds SmallNumbers = ObservedKinds.Int | ObservedKinds.Float;

    /// <summary>The kinds that a value is known to be of, or was recorded to be of.</summary>
    public static ObservedKinds Of(IrNode value, ObservedType? seen) =>
        value.Type != IrType.Any ? IrTypes.KindOf(value.Type)
        : value.Op == IrOp.ConstNil ? ObservedKinds.Nil
        : seen?.Kinds ?? ObservedKinds.Other;

    public static bool AreOnly(ObservedKinds kinds, ObservedKinds allowed) => (kinds & ~allowed) == ObservedKinds.None;

    /// <summary>True when an operation on the value may run script code: the value may be of a kind that is not plain.</summary>
    public static bool MayHaveHooks(IrNode value, ObservedType? seen) => !AreOnly(Of(value, seen), Plain);

    /// <summary>
    /// True when the value was recorded as one that is looked up by script code: instances of structs without <c>__eq</c> and
    /// <c>__hash</c> are none.
    /// </summary>
    public static bool SawKeyHooks(IrNode value, ObservedType? seen) => SawHooks(value, seen, IntrinsicTraits.Searches);

    /// <summary>True when the value was recorded as one for which an intrinsic with these traits may run script code.</summary>
    public static bool SawHooks(IrNode value, ObservedType? seen, IntrinsicTraits traits)
    {
        if (!MayHaveHooks(value, seen))
        {
            return false;
        }

        if (value.Type == IrType.Struct)
        {
            return value.Shape!.MayBeCalledBack(traits);
        }

        bool areShapesKnown = seen is { IsMegamorphic: false } && AreOnly(Of(value, seen), Plain | ObservedKinds.Struct);
        for (int n = 0; areShapesKnown && n < seen!.Shapes.Count; n++)
        {
            areShapesKnown = !seen.Shapes[n].MayBeCalledBack(traits);
        }

        return !areShapesKnown;
    }

    /// <summary>Whether a value was recorded as a dictionary or set of the host that runs none of its code, and nothing else.</summary>
    public static bool IsHostTable(IrNode value, ObservedType? seen) => value.IsUnknown && seen is { Kinds: ObservedKinds.HostTable };

    public static bool SawBigInt(ObservedType? seen) => seen is not null && (seen.Kinds & ObservedKinds.BigInt) != 0;

    private static ObservedKinds FindPlain()
    {
        ObservedKinds plain = ObservedKinds.Nil;
        for (IrType type = 0; (int)type < IrTypes.Count; type++)
        {
            if (KindTypes.KindOf(type) is { } kind && KindInfo.Of(kind).Has(KindTraits.Methods))
            {
                plain |= IrTypes.KindOf(type);
            }
        }

        return plain;
    }
}
