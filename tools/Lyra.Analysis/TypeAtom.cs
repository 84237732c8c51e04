using System.Collections.Immutable;

namespace Lyra.Analysis;

/// <summary>One of the types that a value may have. Immutable.</summary>
/// <param name="Kind">The kind. Of a value of an enum it is that of a struct, as at run time.</param>
internal sealed record TypeAtom(ValueKind Kind)
{
    /// <summary>The struct of an instance or of a struct's name; null if it is not known.</summary>
    public StructInfo? Struct { get; init; }

    /// <summary>Whether the instance is of <see cref="Struct"/> itself, and not of a struct that uses it.</summary>
    public bool IsExact { get; init; }

    /// <summary>The enum of a value of an enum or of an enum's name; null if it is not known.</summary>
    public EnumInfo? Enum { get; init; }

    /// <summary>What is known about calls of a proc; null if nothing is.</summary>
    public ProcShape? Proc { get; init; }

    /// <summary>The module; null if it is not known.</summary>
    public IModuleMembers? Module { get; init; }

    /// <summary>The elements of a tuple; default if they are not known.</summary>
    public ImmutableArray<KnownType> Items { get; init; }

    /// <summary>The elements of a container that nothing else refers to yet; null if they are not known.</summary>
    public KnownType? Element { get; init; }

    /// <summary>The result of a task; null if it is not known.</summary>
    public KnownType? Result { get; init; }

    /// <summary>Whether two types are the same, apart from what is known about elements, results and calls.</summary>
    public bool IsSameTypeAs(TypeAtom other) =>
        Kind == other.Kind && Struct == other.Struct && Enum == other.Enum && ReferenceEquals(Module, other.Module);

    /// <summary>The type with what is true of both.</summary>
    public TypeAtom MeetDetails(TypeAtom other)
    {
        if (this == other)
        {
            return this;
        }

        return this with
        {
            IsExact = IsExact && other.IsExact,
            Proc = ReferenceEquals(Proc, other.Proc) ? Proc : null,
            Items = JoinItems(other),
            Element = Element is null || other.Element is null ? null : Element.Join(other.Element),
            Result = Result is null || other.Result is null ? null : Result.Join(other.Result),
        };
    }

    private ImmutableArray<KnownType> JoinItems(TypeAtom other)
    {
        if (Items.IsDefault || other.Items.IsDefault || Items.Length != other.Items.Length)
        {
            return default;
        }

        ImmutableArray<KnownType>.Builder items = ImmutableArray.CreateBuilder<KnownType>(Items.Length);
        for (int i = 0; i < Items.Length; i++)
        {
            items.Add(Items[i].Join(other.Items[i]));
        }

        return items.MoveToImmutable();
    }
}
