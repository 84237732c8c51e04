namespace Lyra;

/// <summary>The verdict of a <see cref="TierCheck"/>.</summary>
public enum TierVerdict
{
    /// <summary>All runs agree.</summary>
    Agree,

    /// <summary>
    /// A run with compiled code differs from the interpreter. That is a defect of Lyra, unless the script reads module <c>jit</c>, or a
    /// proc of the host returns different results in different runs.
    /// </summary>
    Differ,

    /// <summary>
    /// Two runs in the interpreter differ, so that the tiers can't be compared. The script depends on a clock or random numbers of the
    /// host, on effects of an earlier run, or on how long something takes.
    /// </summary>
    NotDeterministic,
}
