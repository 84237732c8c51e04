namespace Lyra;

/// <summary>Counters of the checks of the engine's internal structures.</summary>
/// <param name="Checks">The number of checks.</param>
/// <param name="Violations">The checks that found and repaired damage. Anything but 0 is a defect of Lyra.</param>
public sealed record IntegrityStatistics(long Checks, long Violations);
