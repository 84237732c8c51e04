using System.Linq;

namespace Lyra.Analysis;

/// <summary>What a store into an annotated variable makes of a value.</summary>
internal static class Conversions
{
    /// <summary>
    /// The type after the store: that of the value, if each of its types is one that the annotation takes as it is, else the annotation.
    /// </summary>
    public static KnownType Store(KnownType annotation, KnownType value) =>
        annotation.IsAny ? value
        : value.IsKnown && value.Atoms.All(atom => annotation.Atoms.Any(wanted => Takes(wanted, atom))) ? value
        : annotation;

    private static bool Takes(TypeAtom wanted, TypeAtom atom) => wanted.Kind == atom.Kind
        && (wanted.Enum is null || wanted.Enum == atom.Enum)
        && (wanted.Struct is null || (atom.Struct is not null && atom.Struct.Layout.Is(wanted.Struct.Layout)));
}
