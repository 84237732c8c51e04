namespace Lyra.Jit.Tiering;

/// <summary>
/// Whether a region pays. An instruction that the interpreter executes for compiled code costs some ten times of what it costs in the interpreter's own
/// loop, because frames are built for it; the region has to win that back by the steps that it takes itself.
/// </summary>
internal sealed class InterpretationTrial
{
    /// <summary>Interpreted instructions that one trial looks at.</summary>
    private const int Length = 2_048;

    /// <summary>
    /// Steps in compiled code for each of them at least. Measured: handing an instruction over costs 70 ns more than interpreting it among others, a
    /// compiled step wins 4 to 6 ns.
    /// </summary>
    private const int StepsEach = 14;

    private int _left;
    private long _begin;

    /// <summary>Whether the region is to be left, since it does not pay.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Counts an instruction that the interpreter has executed for the region.</summary>
    /// <param name="compiledSteps">Steps in compiled code so far, of the whole engine.</param>
    /// <param name="stress">Has a trial fail now and then though the region pays; null outside of tests.</param>
    /// <returns>Whether the region is to be left now.</returns>
    public bool Fails(long compiledSteps, FailurePlan? stress)
    {
        if (--_left > 0)
        {
            return stress is not null && (HasFailed = stress.AbandonsRegion());
        }

        // The first trial begins with the first instruction.
        HasFailed = _left == 0 && compiledSteps - _begin < (long)Length * StepsEach;
        _left = Length;
        _begin = compiledSteps;
        return HasFailed;
    }

    /// <summary>The region was left; should it be entered again, it is on trial anew.</summary>
    public void Begin()
    {
        _left = 0;
        HasFailed = false;
    }
}
