using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// What the compiler knows about a value: its kind (<see cref="SlotKind.Any"/> if that is unknown), and whether it may be nil as well.
/// </summary>
/// <param name="Kind">Int, Float, Bool, Str, Nil, List, Map, Set, Tuple, Range, Proc, Task, Iterator, Struct or Any.</param>
/// <param name="IsNullable">Whether it may also be nil.</param>
/// <param name="StructSlot">For a struct: the module variable that holds its type.</param>
/// <param name="IsConverted">Whether it has been converted to the expected slot type.</param>
/// <param name="Stored">For an int or float loaded from a slot: the type of that slot, which may be narrower; otherwise Any.</param>
/// <param name="Count">For a tuple: the number of its items; −1 if unknown.</param>
/// <param name="IsStructName">Whether it is a struct type and not an instance; its kind is then Any, because of all slots only a proc slot
/// accepts one.</param>
internal readonly record struct StaticType(
    SlotKind Kind, bool IsNullable = false, int StructSlot = -1, bool IsConverted = false, SlotKind Stored = SlotKind.Any,
    int Count = -1, bool IsStructName = false)
{
    public static readonly StaticType Unknown = new(SlotKind.Any);
    public static readonly StaticType Nil = new(SlotKind.Nil);
    public static readonly StaticType Bool = new(SlotKind.Bool);
    public static readonly StaticType Int = new(SlotKind.Int);
    public static readonly StaticType Float = new(SlotKind.Float);
    public static readonly StaticType Str = new(SlotKind.Str);
    public static readonly StaticType Task = new(SlotKind.Task);
    public static readonly StaticType Iterator = new(SlotKind.Iterator);
    public static readonly StaticType StructName = new(SlotKind.Any, IsStructName: true);

    // Written out, because the CLR would have to compile its own comparer of kinds when a process uses it first.
    public bool Equals(StaticType other) => (Kind, IsNullable, StructSlot, IsConverted, Stored, Count, IsStructName)
        == (other.Kind, other.IsNullable, other.StructSlot, other.IsConverted, other.Stored, other.Count, other.IsStructName);

    public override int GetHashCode() => System.HashCode.Combine((int)Kind, IsNullable, StructSlot, (int)Stored, Count);

    public bool IsInt => Kind == SlotKind.Int && !IsNullable;

    public bool IsFloat => Kind == SlotKind.Float && !IsNullable;

    public bool IsNumber => IsInt || IsFloat;

    /// <summary>Whether a loop over such a value never calls script code, so that there is no iterator to close.</summary>
    public bool IsPlainSequence => !IsNullable && SlotInfo.Of(Kind).Has(KindTraits.Sequence);

    /// <summary>The type of a value in an annotated slot. Types whose slots start as nil without being nullable count as unknown.</summary>
    public static StaticType Of(SlotType? type)
    {
        if (type is null or { IsImported: true })
        {
            return Unknown;
        }

        if (type is { Kind: SlotKind.Struct, MemberName: null })
        {
            return new(SlotKind.Struct, type.IsNullable, type.ModuleSlot);
        }

        return SlotInfo.Of(type.Kind).Default switch
        {
            SlotDefault.Nil => Unknown,
            SlotDefault.IntZero => new(SlotKind.Int, type.IsNullable, Stored: type.Kind),
            SlotDefault.FloatZero => new(SlotKind.Float, type.IsNullable, Stored: type.Kind),
            SlotDefault.False or SlotDefault.EmptyStr or SlotDefault.EmptyContainer => new(type.Kind, type.IsNullable),
        };
    }

    /// <summary>The type of a constant: a number, str, bool or nil. That of a decimal counts as unknown.</summary>
    public static StaticType Of(Value constant) =>
        constant.Kind == ValueKind.Host ? Unknown : new(KindInfo.Of(constant.Kind).Slot ?? SlotKind.Any);

    /// <summary>The type of a value that has one of two types.</summary>
    public static StaticType Join(StaticType a, StaticType b) => a == b ? a : Unknown;

    public string Display =>
        Kind == SlotKind.Struct ? "another struct"
        : Kind == SlotKind.Tuple && Count >= 0 ? $"tuple of length {Count}"
        : IsStructName ? "struct"
        : SlotInfo.Of(Kind).Name;
}
