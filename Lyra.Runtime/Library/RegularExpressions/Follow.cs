namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>What the compiler knows about the rest of a pattern after one of its parts.</summary>
/// <param name="Mask">What must come next in the text, or the rest fails.</param>
/// <param name="IsFinal">Whether the rest can't fail, so that the part is never resumed.</param>
/// <param name="IsBoundary">Whether the rest begins with <c>\b</c>.</param>
internal readonly record struct Follow(UnitMask Mask, bool IsFinal, bool IsBoundary)
{
    public static readonly Follow Final = new(UnitMask.Everything, true, false);
    public static readonly Follow Unknown = new(UnitMask.Everything, false, false);

    /// <summary>What follows the part before a part that this follows.</summary>
    public Follow Before(PatternNode part)
    {
        if (part.Kind == PatternNodeKind.Empty)
        {
            return this;
        }

        (UnitMask mask, bool mayPass) = part.First;
        return new Follow(mayPass ? mask | Mask : mask, false, part.Kind == PatternNodeKind.Boundary);
    }

    /// <summary>What must come next for a part and then the rest to match.</summary>
    public UnitMask Entering(PatternNode part) => part.First is (var mask, true) ? mask | Mask : part.First.Mask;
}
