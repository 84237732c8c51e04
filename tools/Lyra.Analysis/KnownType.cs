using System;
using System.Collections.Immutable;
using System.Linq;

namespace Lyra.Analysis;

/// <summary>
/// What is known about the type of a value: nothing, or that it is one of some types. No type at all is that of a value that never exists.
/// Immutable.
/// </summary>
internal sealed class KnownType
{
    /// <summary>More types than these are as good as none known.</summary>
    private const int MaxAtoms = 8;

    /// <summary>The depth of element types within each other up to which they are kept.</summary>
    private const int MaxDepth = 4;

    public static readonly KnownType Any = new([], isAny: true);
    public static readonly KnownType Never = new([], isAny: false);
    public static readonly KnownType Nil = Of(ValueKind.Nil);
    public static readonly KnownType Bool = Of(ValueKind.Bool);
    public static readonly KnownType Int = Of(ValueKind.Int);
    public static readonly KnownType Float = Of(ValueKind.Float);
    public static readonly KnownType Str = Of(ValueKind.Str);

    private KnownType(ImmutableArray<TypeAtom> atoms, bool isAny)
    {
        Atoms = atoms;
        IsAny = isAny;
        Depth = 1;
        foreach (TypeAtom atom in atoms)
        {
            Depth = Math.Max(Depth, 1 + DepthOf(atom));
        }
    }

    /// <summary>Whether nothing is known.</summary>
    public bool IsAny { get; }

    /// <summary>The types; empty for <see cref="Any"/>, too.</summary>
    public ImmutableArray<TypeAtom> Atoms { get; }

    /// <summary>The levels of types within each other.</summary>
    private int Depth { get; }

    /// <summary>Whether something is known that a rule can judge.</summary>
    public bool IsKnown => !Atoms.IsEmpty;

    /// <summary>The only type; null if there are several, or nothing is known.</summary>
    public TypeAtom? Single => Atoms.Length == 1 ? Atoms[0] : null;

    public static KnownType Of(ValueKind kind) => Of(new TypeAtom(kind));

    public static KnownType Of(TypeAtom atom) => DepthOf(atom) >= MaxDepth ? Of(new TypeAtom(atom.Kind)) : new([atom], isAny: false);

    /// <summary>The type of a container that nothing else refers to yet.</summary>
    public static KnownType Fresh(ValueKind kind, KnownType element) => Of(new TypeAtom(kind) { Element = element });

    public bool Has(ValueKind kind)
    {
        foreach (TypeAtom atom in Atoms)
        {
            if (atom.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the value is certainly of one of the kinds.</summary>
    public bool IsOnly(params ReadOnlySpan<ValueKind> kinds)
    {
        foreach (TypeAtom atom in Atoms)
        {
            if (!kinds.Contains(atom.Kind))
            {
                return false;
            }
        }

        return IsKnown;
    }

    /// <summary>The types that fulfil a condition; what is not known stays unknown.</summary>
    public KnownType Where(Func<TypeAtom, bool> condition) =>
        IsAny || Atoms.All(condition) ? this : new([.. Atoms.Where(condition)], isAny: false);

    public KnownType Without(ValueKind kind) => Has(kind) ? Where(atom => atom.Kind != kind) : this;

    /// <summary>What is known of a value that is of this type or the other one.</summary>
    public KnownType Join(KnownType other)
    {
        if (ReferenceEquals(this, other) || IsAny || other.Atoms.IsEmpty)
        {
            return other.IsAny ? other : this;
        }

        if (other.IsAny || Atoms.IsEmpty)
        {
            return other;
        }

        ImmutableArray<TypeAtom>.Builder atoms = ImmutableArray.CreateBuilder<TypeAtom>();
        atoms.AddRange(Atoms);
        foreach (TypeAtom atom in other.Atoms)
        {
            Add(atoms, atom);
        }

        return atoms.Count > MaxAtoms ? Any : new(atoms.ToImmutable(), isAny: false);
    }

    /// <summary>The same types without what is known only while nothing else refers to the value.</summary>
    public KnownType Stored() => Atoms.Any(static atom => atom.Element is not null)
        ? new([.. Atoms.Select(static atom => atom with { Element = null })], isAny: false)
        : this;

    /// <summary>Whether both say the same.</summary>
    public bool IsSame(KnownType other) =>
        ReferenceEquals(this, other) || (IsAny == other.IsAny && Atoms.Length == other.Atoms.Length && Atoms.All(atom =>
            other.Atoms.Any(found => found.IsSameTypeAs(atom) && found.IsExact == atom.IsExact && ReferenceEquals(found.Proc, atom.Proc))));

    /// <summary>The types as a message names them.</summary>
    public string Display() => string.Join(" or ", Atoms.Select(static atom => TypeDisplay.Of(atom)).Distinct());

    private static void Add(ImmutableArray<TypeAtom>.Builder atoms, TypeAtom atom)
    {
        for (int i = 0; i < atoms.Count; i++)
        {
            if (atoms[i].IsSameTypeAs(atom))
            {
                atoms[i] = atoms[i].MeetDetails(atom);
                return;
            }
        }

        atoms.Add(atom);
    }

    private static int DepthOf(TypeAtom atom)
    {
        int depth = Math.Max(atom.Element?.Depth ?? 0, atom.Result?.Depth ?? 0);
        return atom.Items.IsDefaultOrEmpty ? depth : Math.Max(depth, atom.Items.Max(static item => item.Depth));
    }
}
