namespace Lyra;

/// <summary>The table of shared strings.</summary>
/// <param name="Interned">Strings in it.</param>
/// <param name="Hits">Times that one was found in it.</param>
public sealed record StringStatistics(long Interned, long Hits);
