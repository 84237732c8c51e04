using Lyra.Runtime.Kinds;

namespace Lyra.Jit.Ir;

/// <summary>How compiled code represents the values of each kind.</summary>
/// <param name="Type">The representation; Object if the kind has none of its own.</param>
/// <param name="IsOnly">Whether patterns test for the representation: all values of the kind have it, collections of the host aside, and no
/// others.</param>
internal readonly record struct KindTypes(IrType Type, bool IsOnly = false)
{
    private static readonly ValueKind?[] Kinds = MakeKinds();

    /// <summary>The row of a kind.</summary>
    public static KindTypes Of(ValueKind kind) => kind switch
    {
        ValueKind.Nil => new(IrType.None, IsOnly: true),
        ValueKind.Bool => new(IrType.Bool, IsOnly: true),
        ValueKind.Int => new(IrType.Int),
        ValueKind.Float => new(IrType.Float, IsOnly: true),
        ValueKind.Str => new(IrType.Str, IsOnly: true),
        ValueKind.List => new(IrType.List, IsOnly: true),
        ValueKind.Map => new(IrType.Map, IsOnly: true),
        ValueKind.Set => new(IrType.Set, IsOnly: true),
        ValueKind.Tuple => new(IrType.Tuple),
        ValueKind.Range => new(IrType.Range, IsOnly: true),
        ValueKind.Bytes => new(IrType.Bytes, IsOnly: true),
        ValueKind.Proc => new(IrType.Closure),
        ValueKind.Struct => new(IrType.Struct),
        ValueKind.Task => new(IrType.Task),
        ValueKind.Iterator => new(IrType.Generator),
        ValueKind.Channel => new(IrType.Channel),
        ValueKind.StructType or ValueKind.Enum or ValueKind.Error or ValueKind.Module or ValueKind.Host => new(IrType.Object),
    };

    /// <summary>The kind of all values of a representation; null if they may be of several kinds.</summary>
    public static ValueKind? KindOf(IrType type) => Kinds[(int)type];

    /// <summary>The representation that all values in a slot have and no others, if it is not nullable; Any if there is none.</summary>
    public static IrType OnlyOf(SlotKind slot) =>
        SlotInfo.Of(slot) is { Kind: { } kind, Bits: 0 } && Of(kind) is { IsOnly: true, Type: var type } ? type : IrType.Any;

    /// <summary>
    /// Whether a slot stores the values of a representation unchanged; null if that depends on the value. Element types of tuples do not
    /// count.
    /// </summary>
    public static bool? Takes(SlotKind slot, IrType type)
    {
        SlotInfo row = SlotInfo.Of(slot);
        if (slot == SlotKind.Any || (slot == SlotKind.I64 && type == IrType.Int))
        {
            return true;
        }

        return KindOf(type) is not { } kind ? null
            : row.Kind != kind ? false
            : row.Has(KindTraits.Named) || row.Bits != 0 ? null
            : true;
    }

    private static ValueKind?[] MakeKinds()
    {
        ValueKind?[] kinds = new ValueKind?[IrTypes.Count];
        for (ValueKind kind = 0; (int)kind < KindInfo.Count; kind++)
        {
            if (Of(kind).Type is not (IrType.None or IrType.Object) and var type)
            {
                kinds[(int)type] = kind;
            }
        }

        kinds[(int)IrType.BigInt] = ValueKind.Int;
        return kinds;
    }
}
