using System;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Tiering;

/// <summary>What emitted code is bound to: its constants, and the region for what calls back.</summary>
internal sealed class RegionData : IFrameSource
{
    /// <summary>Objects that the code refers to by index.</summary>
    public object?[] Constants = [];

    /// <summary>The interpreter's stacks.</summary>
    public IFrameHost Frames = null!;

    /// <summary>Where each guard leads; index is <see cref="RegionGuard.State"/>, also that of each Interpret node.</summary>
    public ExitState[] States = [];

    /// <summary>Asked at each guard whether it fails on purpose; null outside of tests, where the code does not ask.</summary>
    public FailurePlan? Stress;

    /// <summary>The region's guards, by number.</summary>
    public RegionGuard[] Guards = [];

    /// <summary>The region; null for code that leaves at once.</summary>
    public Region? Region;

    /// <summary>Where the frames of compiled procs go that are being left.</summary>
    public Unwinding Unwinding = null!;

    /// <summary>Whether the region pays although the interpreter executes some of its instructions.</summary>
    public readonly InterpretationTrial Trial = new();

    /// <summary>So many of <see cref="ExitBuffers.Objects"/> are written at calls of the host; -1 when the code makes none.</summary>
    public int HostCallObjects = -1;

    /// <summary>Whether the code calls delegates of the host.</summary>
    public bool CallsHost => HostCallObjects >= 0;

    public void BuildFrames(int state)
    {
        ExitState here = States[state];
        Deoptimizer.Restore(Frames, here, Frames.Top);

        // As when the interpreter has begun with the instruction.
        Frames.SetPc(Frames.Top, here.Frames[^1].Pc + 1);
    }

    /// <summary>What calls of the host left in the exit buffers would stay alive: nothing reads it when the region has been left.</summary>
    public void ForgetHostCalls(ScriptContext context)
    {
        if (CallsHost)
        {
            Array.Clear(context.Exits!.Objects, 0, HostCallObjects);
        }
    }
}

/// <summary>A compiled loop, bound to its <see cref="RegionData"/>.</summary>
/// <param name="context">The engine's context.</param>
/// <param name="stack">The interpreter's register stack.</param>
/// <param name="origin">Where the root frame's registers begin.</param>
/// <returns>The number of the guard through which it was left; <see cref="Region.Raised"/> when an error is pending and the frames are as it left them.</returns>
internal delegate int LoopCode(ScriptContext context, Value[] stack, int origin);

/// <summary>A region as it was compiled once; a grown region is another one with the same profile.</summary>
internal sealed class Region
{
    /// <summary>Returned by emitted code when an instruction that the interpreter executed for it raised.</summary>
    public const int Raised = -1;

    /// <summary>Stands for the number of a guard when a loop region was left because a proc that it called was left early.</summary>
    public const int Unwound = -2;

    /// <summary>
    /// Stands for the number of a guard when a loop region was left behind an instruction that the interpreter executed for it, because that happens too
    /// often: the interpreter goes on there.
    /// </summary>
    public const int Abandoned = -3;

    public required RegionProfile Profile { get; init; }

    public required RegionData Data { get; init; }

    public required RegionGuard[] Guards { get; init; }

    /// <summary>The entry of a loop region; its first call compiles the IL unless it was prepared.</summary>
    public LoopCode? Loop { get; init; }

    /// <summary>The entry of an entry region: an <see cref="EntryCode{TResult}"/> of its signature.</summary>
    public Delegate? Entry { get; init; }

    /// <summary>Where the code of an entry region is to be found by what calls it; null for a loop.</summary>
    public EntryCell? Cell { get; init; }

    /// <summary>The cells through which it calls other procs.</summary>
    public EntryCell[] Calls { get; init; } = [];

    /// <summary>Bytes of IL.</summary>
    public int IlBytes { get; init; }

    /// <summary>Which version of the region it is, from 1.</summary>
    public int Version { get; init; }

    /// <summary>Frames that its inlined calls need at most: it must not be entered with fewer left.</summary>
    public int MaxDepth { get; init; }

    /// <summary>How long making it stopped the script: all of it, or what is left to do where another thread compiles.</summary>
    public TimeSpan CompileTime { get; set; }

    /// <summary>How long another thread worked on it.</summary>
    public TimeSpan BackgroundTime { get; set; }

    /// <summary>Times it was entered from the interpreter.</summary>
    public long Entries;

    /// <summary>
    /// Steps taken in it; see <see cref="ScriptContext.CompiledSteps"/>. Those of a region that the interpreter entered for it are that one's: each step counts
    /// for one region.
    /// </summary>
    public long Steps;

    /// <summary>Its steps when the last so many entries began; see <see cref="TierOptions.ProbationEntries"/>.</summary>
    public long ProbationSteps;

    /// <summary>Of a proc: calls from the interpreter with arguments of other representations.</summary>
    public long Mismatches;

    /// <summary>Of a proc: exits since the present trial began, by what they cost.</summary>
    public long ExitWeight;

    /// <summary>Of a proc: steps in compiled code, of the whole engine, when the present trial began.</summary>
    public long TrialStart;
}
