namespace Lyra;

/// <summary>Counters of the arrays behind lists, maps and sets that grow.</summary>
/// <param name="Grown">The arrays that growing containers took.</param>
/// <param name="Reused">Those of them that another container had given up when it grew.</param>
public sealed record ArrayStatistics(long Grown, long Reused);
