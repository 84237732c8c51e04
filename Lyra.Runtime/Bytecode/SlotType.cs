using System;
using System.Text;
using Lyra.Runtime.Kinds;

namespace Lyra.Runtime.Bytecode;

/// <summary>
/// An annotation as the code enforces it, with the slot it belongs to (for messages). Immutable.
/// </summary>
/// <param name="Kind">The required kind.</param>
/// <param name="IsNullable">Whether nil is accepted as well (<c>T?</c>).</param>
/// <param name="Arguments">Element types: one for list and set, two for map, any number for tuple; empty when not given. The members of a
/// union, none of which is nullable or a union.</param>
/// <param name="StructName">For <see cref="SlotKind.Struct"/> and <see cref="SlotKind.Host"/>: the name as written.</param>
/// <param name="ModuleSlot">For <see cref="SlotKind.Struct"/>: the module variable that holds the struct type, or the module it is a member
/// of. For <see cref="SlotKind.Host"/>: the external name that the host type is linked to.</param>
/// <param name="MemberName">For a struct of another module, <c>u.Pair</c>, or a case of an enum of another module: the member, or two with
/// a dot between them. For a type of the library: its name. Else null.</param>
internal sealed record SlotType(
    SlotKind Kind,
    bool IsNullable,
    SlotType[] Arguments,
    string? StructName = null,
    int ModuleSlot = -1,
    string? MemberName = null)
{
    /// <summary>
    /// The last character of a <see cref="MemberName"/> that stands for a case if the owner is an enum which has it, and otherwise for any
    /// value.
    /// </summary>
    public const char IfDeclared = '?';

    /// <summary>A type of the library whose values are objects, such as <c>decimal</c>.</summary>
    public static SlotType OfLibrary(string name) => new(SlotKind.Host, false, [], name, MemberName: name);

    /// <summary>Whether it is a type of the library and not one that the host defines.</summary>
    public bool IsOfLibrary => Kind == SlotKind.Host && ModuleSlot < 0;

    public static readonly SlotType AnyType = new(SlotKind.Any, false, []);

    /// <summary>
    /// The slot's name in messages: <c>variable x</c>, <c>parameter w</c>, <c>field x of Point</c>, <c>result of area</c>; empty for an
    /// element.
    /// </summary>
    public string SlotName { get; init; } = string.Empty;

    /// <summary>
    /// Whether the compiler knows only at run time what the name stands for: a struct or the name of another type. The stored form of a
    /// module does not have it.
    /// </summary>
    public bool IsImported { get; init; }

    /// <summary>The number of types that it is made of, itself included.</summary>
    public int PartCount { get; } = CountParts(Arguments);

    /// <summary>Whether a container made for this slot carries element types.</summary>
    public bool HasElementTypes => SlotInfo.Of(Kind).Default == SlotDefault.EmptyContainer
        && Array.Exists(Arguments, a => a.Kind != SlotKind.Any);

    /// <summary>
    /// Whether it accepts all values of one kind, or of one struct, and no others. No value is of two such types, unless both name the same
    /// struct.
    /// </summary>
    public bool IsOneKind => !IsNullable && SlotInfo.Of(Kind).Has(KindTraits.Distinct) && (Kind != SlotKind.Tuple || Arguments.Length == 0);

    /// <summary>Whether both accept the same values and convert them alike: the same annotation, whatever it is written at.</summary>
    public bool IsSameType(SlotType other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        bool isSame = Kind == other.Kind && IsNullable == other.IsNullable && ModuleSlot == other.ModuleSlot
            && MemberName == other.MemberName && Arguments.Length == other.Arguments.Length;
        for (int i = 0; i < Arguments.Length && isSame; i++)
        {
            isSame = Arguments[i].IsSameType(other.Arguments[i]);
        }

        return isSame;
    }

    /// <summary>The annotation as source code writes it.</summary>
    public string Display()
    {
        string text = Kind switch
        {
            SlotKind.List when Arguments.Length == 1 => $"[{Arguments[0].Display()}]",
            SlotKind.Map when Arguments.Length == 2 => $"{{{Arguments[0].Display()}: {Arguments[1].Display()}}}",
            SlotKind.Tuple when Arguments.Length > 0 => DisplayTuple(),
            SlotKind.Union when Arguments.Length > 0 => DisplayUnion(),
            _ => SlotInfo.Of(Kind) is var row && row.Has(KindTraits.Named) ? StructName ?? "struct" : row.Name,
        };
        return !IsNullable ? text : text + (Kind == SlotKind.Union ? " | nil" : "?");
    }

    private string DisplayUnion() => string.Join(" | ", Array.ConvertAll(Arguments, static member => member.Display()));

    private static int CountParts(SlotType[] arguments)
    {
        int count = 1;
        foreach (SlotType argument in arguments)
        {
            count += argument.PartCount;
        }

        return count;
    }

    private string DisplayTuple()
    {
        StringBuilder text = new("(");
        for (int i = 0; i < Arguments.Length; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ").Append(Arguments[i].Display());
        }

        return text.Append(Arguments.Length == 1 ? ",)" : ")").ToString();
    }
}
