namespace Lyra.Runtime.Kinds;

/// <summary>The table of the kinds of annotation: a row for each <see cref="SlotKind"/>, most of which a kind of value gives.</summary>
internal readonly struct SlotInfo
{
    /// <summary>The number of kinds.</summary>
    public const int Count = (int)SlotKind.Frozen + 1;

    private SlotInfo(string name, ValueKind? kind = null, SlotDefault initial = SlotDefault.Nil, int bits = 0, bool isSigned = false)
    {
        Name = name;
        Kind = kind;
        Default = initial;
        Bits = bits;
        IsSigned = isSigned;
    }

    private SlotInfo(ValueKind kind, in KindInfo row)
        : this(row.Name, kind, row.Default)
    {
        Traits = row.Traits;
        Arguments = row.Arguments;
    }

    /// <summary>The name in annotations and messages.</summary>
    public string Name { get; }

    /// <summary>The kind of most of its values; null if they may be of any kind, or there are none.</summary>
    public ValueKind? Kind { get; }

    /// <summary>The traits of <see cref="Kind"/>, if the slot is the one for the kind.</summary>
    public KindTraits Traits { get; }

    /// <summary>What a slot without an initializer stores if it is not nullable.</summary>
    public SlotDefault Default { get; }

    /// <summary>The number of element types of an annotation that has any; −1 for any number.</summary>
    public int Arguments { get; private init; }

    /// <summary>The width to which stored numbers are wrapped or rounded; 0 if they are stored as they are.</summary>
    public int Bits { get; }

    /// <summary>Whether the numbers of this width have a sign.</summary>
    public bool IsSigned { get; }

    /// <summary>The row of a kind of annotation.</summary>
    public static SlotInfo Of(SlotKind slot) => slot switch
    {
        SlotKind.Any => new("any"),
        SlotKind.Nil => From(ValueKind.Nil),
        SlotKind.Bool => From(ValueKind.Bool),
        SlotKind.Int => From(ValueKind.Int),
        SlotKind.I8 => new("i8", ValueKind.Int, SlotDefault.IntZero, 8, isSigned: true),
        SlotKind.I16 => new("i16", ValueKind.Int, SlotDefault.IntZero, 16, isSigned: true),
        SlotKind.I32 => new("i32", ValueKind.Int, SlotDefault.IntZero, 32, isSigned: true),
        SlotKind.I64 => new("i64", ValueKind.Int, SlotDefault.IntZero, 64, isSigned: true),
        SlotKind.U8 => new("u8", ValueKind.Int, SlotDefault.IntZero, 8),
        SlotKind.U16 => new("u16", ValueKind.Int, SlotDefault.IntZero, 16),
        SlotKind.U32 => new("u32", ValueKind.Int, SlotDefault.IntZero, 32),
        SlotKind.U64 => new("u64", ValueKind.Int, SlotDefault.IntZero, 64),
        SlotKind.Float => From(ValueKind.Float),
        SlotKind.F32 => new("f32", ValueKind.Float, SlotDefault.FloatZero, 32, isSigned: true),
        SlotKind.Str => From(ValueKind.Str),
        SlotKind.List => From(ValueKind.List),
        SlotKind.Map => From(ValueKind.Map),
        SlotKind.Set => From(ValueKind.Set),
        SlotKind.Tuple => From(ValueKind.Tuple),
        SlotKind.Range => From(ValueKind.Range),
        SlotKind.Bytes => From(ValueKind.Bytes),
        SlotKind.Proc => From(ValueKind.Proc),
        SlotKind.Struct => From(ValueKind.Struct),
        SlotKind.Task => From(ValueKind.Task),
        SlotKind.Iterator => From(ValueKind.Iterator),
        SlotKind.Error => From(ValueKind.Error),
        SlotKind.Channel => From(ValueKind.Channel),
        SlotKind.Host => From(ValueKind.Host),
        SlotKind.Union => new("union") { Arguments = -1 },
        SlotKind.Frozen => new("frozen"),
    };

    /// <summary>
    /// The kind of annotation of a name in source code, <c>f64</c> and <c>chan</c> included; null for those that name a type, and others.
    /// </summary>
    public static SlotKind? OfName(string name)
    {
        string full = name switch
        {
            "f64" => "float",
            "chan" => "channel",
            _ => name,
        };
        for (SlotKind slot = 0; slot < SlotKind.Union; slot++)
        {
            if (Of(slot) is var row && row.Name == full && !row.Has(KindTraits.Named))
            {
                return slot;
            }
        }

        return null;
    }

    /// <summary>Whether a name is that of a type of the library whose values are objects.</summary>
    public static bool IsLibraryType(string name) => name is "decimal" or "date" or "time" or "datetime" or "duration";

    private static SlotInfo From(ValueKind kind) => new(kind, KindInfo.Of(kind));

    /// <summary>Whether the slot has all of these traits.</summary>
    public bool Has(KindTraits traits) => (Traits & traits) == traits;
}

/// <summary>Classifications of slot kinds.</summary>
internal static class SlotKinds
{
    /// <summary>Whether a slot stores ints of a fixed size, to which stores wrap around.</summary>
    public static bool IsSizedInt(this SlotKind kind) => kind is >= SlotKind.I8 and <= SlotKind.U64;

    /// <summary>What a store makes of a value.</summary>
    public static SlotStore Store(this SlotKind kind) => kind switch
    {
        SlotKind.I8 or SlotKind.I16 or SlotKind.I32 or SlotKind.I64 or SlotKind.U8 or SlotKind.U16 or SlotKind.U32 or SlotKind.U64 =>
            SlotStore.Wraps,
        SlotKind.Float or SlotKind.F32 => SlotStore.Rounds,
        SlotKind.Tuple => SlotStore.ConvertsElements,
        SlotKind.Union => SlotStore.Chooses,
        SlotKind.Any or SlotKind.Nil or SlotKind.Bool or SlotKind.Int or SlotKind.Str or SlotKind.List or SlotKind.Map or SlotKind.Set
            or SlotKind.Range or SlotKind.Bytes or SlotKind.Proc or SlotKind.Struct or SlotKind.Task or SlotKind.Iterator
            or SlotKind.Error or SlotKind.Channel or SlotKind.Host or SlotKind.Frozen => SlotStore.Keeps,
    };
}
