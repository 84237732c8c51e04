namespace Lyra.Bench.Suite.Micro;

/// <summary>A large number of operations in a process of its own.</summary>
/// <param name="Name">The work.</param>
/// <param name="Operations">How many.</param>
/// <param name="Seconds">The time that they took.</param>
/// <param name="PeakBytes">The most resident memory of the process up to the end of the work.</param>
internal sealed record StressFigure(string Name, long Operations, double Seconds, long PeakBytes);
