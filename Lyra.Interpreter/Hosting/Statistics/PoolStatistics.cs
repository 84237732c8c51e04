namespace Lyra;

/// <summary>
/// The sum over the pools of an engine: arrays of lists, maps and sets that grow, objects of compiled code in the mode
/// <see cref="LyraMemoryMode.LowPause"/>, frames of tasks, registers of generators, text builders and slots for arguments.
/// </summary>
/// <param name="Rented">What was taken, new things included.</param>
/// <param name="Reused">What of it had been in use before.</param>
public sealed record PoolStatistics(long Rented, long Reused)
{
    /// <summary>The share that had been in use before, 0 to 1.</summary>
    public double HitRate => Rented == 0 ? 0 : (double)Reused / Rented;
}
