namespace Lyra.Runtime.Execution;

/// <summary>What the countdowns of a module's loops and procs begin with.</summary>
/// <param name="BackEdges">Back-edges before the one that makes a loop hot.</param>
/// <param name="Calls">Calls before the one that makes a proc hot.</param>
internal readonly record struct HeatThresholds(long BackEdges, long Calls)
{
    /// <summary>Where nothing is compiled: no countdown ever ends.</summary>
    public static readonly HeatThresholds Never = new(long.MaxValue, long.MaxValue);
}
