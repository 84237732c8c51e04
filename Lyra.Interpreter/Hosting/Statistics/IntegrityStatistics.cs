namespace Lyra;

/// <summary>The checks of the engine's own structures.</summary>
/// <param name="Checks">Checks made.</param>
/// <param name="Violations">Those that found damage, which was repaired.</param>
public sealed record IntegrityStatistics(long Checks, long Violations);
