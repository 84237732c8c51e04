namespace Lyra.Runtime.Execution;

/// <summary>
/// The steps of a run. Both tiers take them from one counter: back-edges and calls take the static cost of their block. When the counter
/// falls below zero, <see cref="ScriptContext.OnBudgetSpent"/> checks the limits and grants more.
/// </summary>
internal struct RunBudget
{
    /// <summary>Steps that the interpreter takes at most between two checks of the limits: one or two milliseconds.</summary>
    public const long InterpretedQuantum = 200_000;

    /// <summary>Steps left until the limits are checked.</summary>
    public long Left;

    /// <summary>Steps granted since the run began.</summary>
    public long Granted;

    /// <summary>Granted steps that only compiled code may take. They do not count as granted; the next check forfeits them.</summary>
    public long Withheld;

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

    /// <summary>
    /// Leaves the interpreter no more steps than it may take between two checks, until compiled code continues. Compiled code is faster, so
    /// it is granted more.
    /// </summary>
    public void BeginInterpreter()
    {
        if (Left > InterpretedQuantum)
        {
            Withheld += Left - InterpretedQuantum;
            Grant(InterpretedQuantum - Left);
        }
    }

    /// <summary>Gives compiled code the steps that the interpreter did not get.</summary>
    public void BeginCompiled()
    {
        Grant(Withheld);
        Withheld = 0;
    }

    /// <summary>Revokes all the steps that are left.</summary>
    public void Revoke()
    {
        Grant(-Left);
        Withheld = 0;
    }
}
