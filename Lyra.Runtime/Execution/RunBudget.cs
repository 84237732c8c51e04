namespace Lyra.Runtime.Execution;

/// <summary>
/// The steps of a run. Both tiers take them from one counter: back-edges and calls take the static cost of their block. When the counter
/// falls below zero, <see cref="ScriptContext.OnBudgetSpent"/> checks the limits and grants more.
/// </summary>
internal struct RunBudget
{
    /// <summary>Steps left until the limits are checked.</summary>
    public long Left;

    /// <summary>Steps granted since the run began.</summary>
    public long Granted;

    /// <summary>Steps taken since the run began.</summary>
    public readonly long Taken => Granted - Left;

    /// <summary>
    /// Grants more steps. A negative number revokes steps, so that the limits are checked sooner; revoked steps do not count as taken.
    /// </summary>
    public void Grant(long steps)
    {
        Granted += steps;
        Left += steps;
    }

    /// <summary>Revokes all the steps that are left.</summary>
    public void Revoke() => Grant(-Left);
}
