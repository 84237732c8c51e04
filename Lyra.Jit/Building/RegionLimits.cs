namespace Lyra.Jit.Building;

/// <summary>
/// Sizes beyond which a region is cut down. The CLR silently stops optimizing a method beyond 60,000 bytes of IL, 2,000 blocks, 2,000 locals or
/// 8,000 uses of locals, and its compile time grows faster than the method.
/// </summary>
/// <param name="MaxGuards">Operations that may exit.</param>
/// <param name="MaxNodes">IR nodes.</param>
/// <param name="MaxInlineDepth">Calls inlined in each other.</param>
/// <param name="MaxInlineInstructions">Instructions of a proc that may be inlined.</param>
/// <param name="SmallCallee">Recorded instructions of a proc up to which it is inlined even where it could be called as compiled code.</param>
/// <param name="SmallRecursion">Recorded instructions of a proc up to which a call of itself is inlined once.</param>
internal sealed record RegionLimits(
    int MaxGuards = 400, int MaxNodes = 4_000, int MaxInlineDepth = 6, int MaxInlineInstructions = 120, int SmallCallee = 40,
    int SmallRecursion = 24);
