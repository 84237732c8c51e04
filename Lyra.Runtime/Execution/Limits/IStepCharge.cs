namespace Lyra.Runtime.Execution;

/// <summary>How an operation of both tiers charges its steps.</summary>
internal interface IStepCharge
{
    /// <summary>Whether the operation may look at the clock while it runs, so that it may be long.</summary>
    static abstract bool Raises { get; }

    /// <summary>Charges steps; false, and nothing is charged, if the operation has to end without a result.</summary>
    static abstract bool Take(ScriptContext context, long steps);
}

/// <summary>Raises an error at a limit. The interpreter charges so.</summary>
internal readonly struct RaisingCharge : IStepCharge
{
    public static bool Raises => true;

    public static bool Take(ScriptContext context, long steps)
    {
        context.Charge(steps);
        return true;
    }
}

/// <summary>Fails at a limit. Compiled code, which then exits, charges so.</summary>
internal readonly struct FailingCharge : IStepCharge
{
    public static bool Raises => false;

    public static bool Take(ScriptContext context, long steps) => context.TryCharge(steps);
}
