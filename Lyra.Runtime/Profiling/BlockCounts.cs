namespace Lyra.Runtime.Profiling;

/// <summary>
/// What a profile measures in one instrumented prototype. Belongs to one engine; only the thread that runs the script changes it.
/// </summary>
/// <param name="blocks">The number of blocks that are counted.</param>
/// <param name="instructions">The length of the instrumented code.</param>
internal sealed class BlockCounts(int blocks, int instructions)
{
    /// <summary>Entries in the interpreter, by block.</summary>
    public long[] Interpreted { get; } = new long[blocks];

    /// <summary>Entries in compiled code, by block.</summary>
    public long[] Compiled { get; } = new long[blocks];

    /// <summary>
    /// How often an error propagated from an instruction of the instrumented code, or through a call there: the block was left early. Null
    /// until that happens.
    /// </summary>
    public long[]? Raised { get; private set; }

    /// <summary>The times and bytes that the probe measures here; null where only entries are counted.</summary>
    public ProbedCode? Probed { get; init; }

    /// <summary>Notes that an error propagates from an instruction; -1 for a frame that has not executed one yet.</summary>
    public void NoteRaised(int pc)
    {
        if (pc >= 0)
        {
            Raised ??= new long[instructions];
            Raised[pc]++;
        }
    }

    /// <summary>Notes that the frame ended because of an error.</summary>
    public void NoteUnwound() => Probed?.Probe.Calls.Unwind();

    /// <summary>Counts a block that the interpreter enters, and notifies the probe.</summary>
    public void Enter(int block)
    {
        Interpreted[block]++;
        Probed!.Probe.Enter(Probed, block, isCompiled: false);
    }

    /// <summary>Notes that the interpreter begins an instruction of the original code, while single instructions are timed.</summary>
    public void Time(int pc)
    {
        if (Probed!.Probe.IsTiming)
        {
            Probed.Probe.Time(Probed, pc);
        }
    }

    /// <summary>As <see cref="Enter"/>, in compiled code.</summary>
    public void EnterCompiled(int block)
    {
        Compiled[block]++;
        Probed!.Probe.Enter(Probed, block, isCompiled: true);
    }
}
