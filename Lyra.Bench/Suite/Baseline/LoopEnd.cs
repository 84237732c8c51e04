namespace Lyra.Bench.Suite.Baseline;

/// <summary>How a run of the loop ended.</summary>
internal enum LoopEnd
{
    Returned,
    Yielded,

    /// <summary>The task waits for another one.</summary>
    Waiting,
}
