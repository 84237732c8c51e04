namespace Lyra.Jit.Regions;

/// <summary>
/// Whether a region pays although it calls the interpreter. A call-out costs about ten times as much as the instruction costs in the
/// interpreter's own loop, because it builds frames. The region has to save that time in its own steps.
/// </summary>
internal sealed class CallOutProfitability
{
    /// <summary>Call-outs of one check.</summary>
    private const int Length = 2_048;

    /// <summary>
    /// Steps in compiled code that have to come with each call-out. Measured: a call-out costs 70 ns more than interpreting the
    /// instruction, a compiled step saves 4 to 6 ns.
    /// </summary>
    private const int StepsEach = 14;

    private int _left;
    private long _begin;

    /// <summary>Whether the region does not pay, and has to end.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Counts a call-out.</summary>
    /// <param name="compiledSteps">Steps in compiled code so far, of the whole engine.</param>
    /// <param name="stress">Makes checks fail in tests; otherwise null.</param>
    /// <returns>Whether the region has to end now.</returns>
    public bool Fails(long compiledSteps, FailurePlan? stress)
    {
        if (--_left > 0)
        {
            return stress is not null && (HasFailed = stress.AbandonsRegion());
        }

        // The first check begins with the first call-out.
        HasFailed = _left == 0 && compiledSteps - _begin < (long)Length * StepsEach;
        _left = Length;
        _begin = compiledSteps;
        return HasFailed;
    }

    /// <summary>The region has ended. When it is entered again, a new check begins.</summary>
    public void Begin()
    {
        _left = 0;
        HasFailed = false;
    }
}
