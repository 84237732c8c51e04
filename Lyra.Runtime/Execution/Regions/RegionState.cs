namespace Lyra.Runtime.Execution;

/// <summary>The state of the compiled regions that run, shared by compiled code, the interpreter and the deoptimizer.</summary>
/// <remarks>
/// The runtime library itself only checks whether a region runs (<see cref="IsRunning"/>), and if so requests its frames
/// (<see cref="ScriptContext.TryBuildFrames"/>). Everything else belongs to Lyra.Jit. It is declared here, as a part of the context and not
/// as an object behind an interface, because compiled code reads and writes it through the context with one load.
/// </remarks>
internal struct RegionState
{
    /// <summary>
    /// The most regions of loops on the native stack, one inside a call-out of the other. The memory limit does not count their native
    /// stack, because it must be the same in both tiers; beyond this number, the interpreter executes the loops.
    /// </summary>
    public const int MaxDepth = 1_000;

    /// <summary>The regions of loops on the native stack.</summary>
    public int Depth;

    /// <summary>
    /// True while compiled procs return without a result because one of them exited. Each caller checks it after the call and exits too,
    /// until the interpreter has all their frames.
    /// </summary>
    public bool IsUnwinding;

    /// <summary>
    /// True while compiled procs return without a result and their frames are in the interpreter's stacks already, because the interpreter
    /// must continue: an error is pending, or the result of a callee has a representation that its caller does not expect.
    /// </summary>
    public bool HasFrames;

    /// <summary>
    /// The host call in progress: 0 for none; otherwise 1 + the number of the exit state from which the region's frames can be built, with
    /// its values in <see cref="Exits"/>; negated once the frames have been built.
    /// </summary>
    public int HostCall;

    /// <summary>The region that makes the <see cref="HostCall"/>.</summary>
    public IFrameSource? HostFrames;

    /// <summary>
    /// The lowest address of the native stack that compiled procs may use without a slow stack check; zero outside of them.
    /// </summary>
    public nuint StackLow;

    /// <summary>The lowest address to which a slow stack check may lower <see cref="StackLow"/>.</summary>
    public nuint StackFloor;

    /// <summary>The buffers into which regions store their live values when they exit; null before there is a compiling tier.</summary>
    public ExitBuffers? Exits;

    /// <summary>Instructions that the interpreter executed for compiled code.</summary>
    public long CallOuts;

    /// <summary>Steps taken when compiled code was last entered or resumed.</summary>
    private long _resumedAt;

    /// <summary>
    /// True while a region runs whose frames exist in CLR locals only. No code may inspect the script's frames or run script code then.
    /// </summary>
    public bool IsRunning { get; private set; }

    /// <summary>
    /// Steps of all runs taken in compiled code, up to the last time that control left it. Steps that the interpreter took for compiled
    /// code, and what it called, are not included.
    /// </summary>
    public long CompiledSteps { get; private set; }

    /// <summary>Records that control enters compiled code, or leaves it.</summary>
    /// <param name="isRunning">Whether a region runs from now on.</param>
    /// <param name="stepsTaken">The steps that the run has taken.</param>
    public void SetRunning(bool isRunning, long stepsTaken)
    {
        if (IsRunning && !isRunning)
        {
            CompiledSteps += stepsTaken - _resumedAt;
        }

        _resumedAt = stepsTaken;
        IsRunning = isRunning;
    }
}
