namespace Lyra.Runtime.Kinds;

/// <summary>
/// THE table of the kinds of values: a row for each <see cref="ValueKind"/>. Which objects are of a kind, they say themselves; which
/// library methods a kind has, says LibraryTable, and how compiled code represents it, KindTypes in Lyra.Jit.
/// </summary>
internal readonly struct KindInfo
{
    /// <summary>The number of kinds.</summary>
    public const int Count = (int)ValueKind.Host + 1;

    private const KindTraits Value = KindTraits.Distinct | KindTraits.Plain | KindTraits.Methods;
    private const KindTraits Container = Value | KindTraits.Sequence | KindTraits.Mutable;

    private KindInfo(
        string name, SlotKind? slot, KindTraits traits = KindTraits.None, SlotDefault initial = SlotDefault.Nil, int arguments = 0)
    {
        Name = name;
        Slot = slot;
        Traits = traits;
        Default = initial;
        Arguments = arguments;
    }

    /// <summary>The name of the type in scripts and messages; for instances and objects of the host, their kind's.</summary>
    public string Name { get; }

    /// <summary>The annotation for values of this kind; null if there is none.</summary>
    public SlotKind? Slot { get; }

    public KindTraits Traits { get; }

    /// <summary>What an annotated slot stores at first.</summary>
    public SlotDefault Default { get; }

    /// <summary>The number of element types in an annotation that has any; −1 for any number.</summary>
    public int Arguments { get; }

    /// <summary>The row of a kind.</summary>
    public static KindInfo Of(ValueKind kind) => kind switch
    {
        ValueKind.Nil => new("nil", SlotKind.Nil, KindTraits.Plain),
        ValueKind.Bool => new("bool", SlotKind.Bool, Value, SlotDefault.False),
        ValueKind.Int => new("int", SlotKind.Int, Value, SlotDefault.IntZero),
        ValueKind.Float => new("float", SlotKind.Float, Value, SlotDefault.FloatZero),
        ValueKind.Str => new("str", SlotKind.Str, Value | KindTraits.Sequence, SlotDefault.EmptyStr),
        ValueKind.List => new("list", SlotKind.List, Container, SlotDefault.EmptyContainer, arguments: 1),
        ValueKind.Map => new("map", SlotKind.Map, Container, SlotDefault.EmptyContainer, arguments: 2),
        ValueKind.Set => new("set", SlotKind.Set, Container, SlotDefault.EmptyContainer, arguments: 1),
        ValueKind.Tuple => new("tuple", SlotKind.Tuple, Value | KindTraits.Sequence, arguments: -1),
        ValueKind.Range => new("range", SlotKind.Range, Value | KindTraits.Sequence),
        ValueKind.Bytes => new("bytes", SlotKind.Bytes, Container),
        ValueKind.Proc => new("proc", SlotKind.Proc),
        ValueKind.Struct => new("struct", SlotKind.Struct, KindTraits.Distinct | KindTraits.Named),
        ValueKind.StructType => new("struct", null),
        ValueKind.Task => new("task", SlotKind.Task, KindTraits.Methods),
        ValueKind.Iterator => new("iterator", SlotKind.Iterator),
        ValueKind.Error => new("error", SlotKind.Error),
        ValueKind.Channel => new("channel", SlotKind.Channel, KindTraits.Methods),
        ValueKind.Module => new("module", null),
        ValueKind.Enum => new("enum", null, KindTraits.Methods),
        ValueKind.Host => new("host", SlotKind.Host, KindTraits.Named),
    };

    /// <summary>Whether the kind has all of these traits.</summary>
    public bool Has(KindTraits traits) => (Traits & traits) == traits;
}
