namespace Lyra;

/// <summary>
/// The distribution of times that were measured in the interpreter, in nanoseconds. Each excludes the time of procs that were called, and
/// of measuring. Percentiles have a relative error of up to 1/16.
/// </summary>
/// <param name="Count">The number of times that were measured, of which there are fewer than executions.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Min">The shortest.</param>
/// <param name="Max">The longest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="P50">The time that half of them do not exceed.</param>
/// <param name="P95">The time that 95 % of them do not exceed.</param>
/// <param name="P99">The time that 99 % of them do not exceed.</param>
public sealed record ProfiledTimes(long Count, double Total, double Min, double Max, double Mean, double P50, double P95, double P99);
