namespace Lyra.Bench.Suite.Micro;

/// <summary>The measured cost of one operation.</summary>
/// <param name="Group">The group of the variant.</param>
/// <param name="Operation">What was performed.</param>
/// <param name="Way">What performed it.</param>
/// <param name="Nanoseconds">The smallest time of all rounds.</param>
/// <param name="Median">The median of the rounds, in nanoseconds.</param>
/// <param name="Bytes">The bytes that the thread allocated; the smallest number of all rounds.</param>
internal sealed record MicroFigure(string Group, string Operation, string Way, double Nanoseconds, double Median, double Bytes);
