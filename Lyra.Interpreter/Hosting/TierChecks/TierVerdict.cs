namespace Lyra;

/// <summary>What a <see cref="TierCheck"/> has found.</summary>
public enum TierVerdict
{
    /// <summary>All runs did the same.</summary>
    Agree,

    /// <summary>
    /// A run with compiled code did something else than the interpreter: a fault of Lyra, unless the program asks module <c>jit</c> which tier runs it, or a
    /// proc of the host gives something else in each run.
    /// </summary>
    Differ,

    /// <summary>
    /// Two runs in the interpreter did not do the same, so that nothing can be said about the tiers: the program depends on a clock or random numbers of
    /// the host, on what an earlier run left behind, or on how long something takes.
    /// </summary>
    NotDeterministic,
}
