namespace Lyra.Fuzz.Running;

/// <summary>
/// Judges single runs, in addition to the comparison of runs. One thread calls it for one run at a time: <see cref="Begin"/>, the run
/// and the host's calls, <see cref="End"/>.
/// </summary>
internal interface IRunOracle
{
    /// <summary>Called before the script runs. The engine has its limits, definitions and tier settings.</summary>
    void Begin(LyraEngine engine, LyraScript script, RunPlan plan);

    /// <summary>Called after the run and the host's calls, whether or not they threw, and before the engine is disposed.</summary>
    /// <returns>
    /// The failure, which is a find; null if there is none. Its first line names the oracle and the failure without numbers, because a
    /// reduced program must keep it.
    /// </returns>
    string? End(LyraEngine engine, LyraScript script, RunPlan plan);
}
