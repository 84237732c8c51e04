namespace Lyra;

/// <summary>Counters of the checks of the engine's code and internal structures (<see cref="LyraOptions.IntegrityInterval"/>).</summary>
/// <param name="Checks">The number of checked procs, stacks and cached answers.</param>
/// <param name="Violations">
/// The checks that found a change in memory. A changed answer in the cache is dropped; any other change ends the run with an
/// IntegrityError. The cause is a defect, of Lyra or of other code in the process, or tampering.
/// </param>
public sealed record IntegrityStatistics(long Checks, long Violations);
