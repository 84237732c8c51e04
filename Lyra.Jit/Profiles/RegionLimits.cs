namespace Lyra.Jit.Profiles;

/// <summary>
/// The largest sizes of regions. The CLR silently stops optimizing a method beyond 60,000 bytes of IL, 2,000 blocks, 2,000 locals or 8,000
/// uses of locals, and its compile time grows faster than the method.
/// </summary>
/// <param name="MaxGuards">Operations of a region that may exit.</param>
/// <param name="MaxNodes">IR nodes of a region.</param>
/// <param name="MaxInlineDepth">Nested calls that are inlined, not counting generators.</param>
/// <param name="MaxInlineInstructions">Instructions of a proc that may be inlined.</param>
/// <param name="MaxSharedInstructions">Instructions of a proc that may be inlined although it is called at several places.</param>
/// <param name="SmallCallee">Recorded instructions of a proc that is inlined although it has a region of its own.</param>
/// <param name="SmallRecursion">Recorded instructions of a recursive proc that is inlined once into itself.</param>
internal sealed record RegionLimits(
    int MaxGuards = 400,
    int MaxNodes = 4_000,
    int MaxInlineDepth = 6,
    int MaxInlineInstructions = 120,
    int MaxSharedInstructions = 60,
    int SmallCallee = 40,
    int SmallRecursion = 24)
{
    /// <summary>How many times as large a region may be that has a large switch and is divided into methods.</summary>
    public const int MaxParts = 16;

    /// <summary>The size of the largest part of a divided region, in operations, of which an exit counts as several.</summary>
    public int PartSize => MaxNodes / 5;

    /// <summary>Frames above the root that are inlined. Generators, which scripts chain, make the half that are not calls.</summary>
    public int MaxInlinedFrames => 2 * MaxInlineDepth;
}
