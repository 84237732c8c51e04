using System;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>The data that emitted code is bound to.</summary>
internal sealed class RegionData : IFrameSource
{
    /// <summary>Objects that the code refers to by index.</summary>
    public object?[] Constants = [];

    /// <summary>The interpreter's stacks.</summary>
    public IFrameHost Frames = null!;

    /// <summary>The states of exits and call-outs; the index is <see cref="RegionGuard.State"/>.</summary>
    public ExitState[] States = [];

    /// <summary>Makes guards fail in tests. Otherwise null, and the code does not ask.</summary>
    public FailurePlan? Stress;

    /// <summary>The region's guards, by number.</summary>
    public RegionGuard[] Guards = [];

    /// <summary>The region; null for an entry stub.</summary>
    public Region? Region;

    /// <summary>Collects the frames of compiled procs that are being unwound.</summary>
    public Unwinding Unwinding = null!;

    /// <summary>Checks whether the region pays although it calls the interpreter.</summary>
    public readonly CallOutProfitability CallOutCheck = new();

    /// <summary>
    /// The number of elements of <see cref="ExitBuffers.Objects"/> that calls of the host use; null when the code makes none.
    /// </summary>
    public int? HostCallObjects;

    /// <summary>Whether the code makes noted calls; see <see cref="Regions.NotedCalls"/>.</summary>
    public bool NotesCalls;

    /// <summary>
    /// Whether the code calls neither procs nor the interpreter nor the host, so that no script code runs but its own, as long as it does
    /// not exit.
    /// </summary>
    public bool IsSelfContained;

    /// <summary>Whether the code calls delegates of the host.</summary>
    public bool CallsHost => HostCallObjects is not null;

    public void BuildFrames(int state)
    {
        NotedCalls.Build(this, Frames.Context, state);

        // As if the interpreter had begun the instruction.
        Frames.SetPc(Frames.Top, States[state].Frames[^1].Pc + 1);
    }

    /// <summary>Clears the objects that calls of the host have stored in the exit buffers, which would otherwise stay alive.</summary>
    public void ForgetHostCalls(ScriptContext context)
    {
        if (HostCallObjects is { } count)
        {
            Array.Clear(context.Regions.Exits!.Objects, context.Regions.Exits.Top, count);
        }
    }
}

/// <summary>A compiled loop, bound to its <see cref="RegionData"/>.</summary>
/// <param name="context">The engine's context.</param>
/// <param name="stack">The interpreter's register stack.</param>
/// <param name="origin">Where the root frame's registers begin.</param>
/// <returns>The number of the guard through which it exited, or <see cref="CallOutResult.Raised"/>.</returns>
internal delegate int LoopCode(ScriptContext context, Value[] stack, int origin);

/// <summary>One version of a region. Its next version has the same profile.</summary>
internal sealed class Region
{
    public required RegionProfile Profile { get; init; }

    public required RegionData Data { get; init; }

    public required RegionGuard[] Guards { get; init; }

    /// <summary>The code of a loop region; null for a proc. Its first call compiles the IL unless it was prepared.</summary>
    public LoopCode? Loop { get; init; }

    /// <summary>The code of a proc region, an <see cref="EntryCode{TResult}"/> of its signature; null for a loop.</summary>
    public Delegate? Entry { get; init; }

    /// <summary>The cell through which a proc region is called; null for a loop.</summary>
    public EntryCell? Cell { get; init; }

    /// <summary>The cells of the procs that it calls.</summary>
    public EntryCell[] Calls { get; init; } = [];

    /// <summary>Bytes of IL of all its methods.</summary>
    public int IlBytes { get; init; }

    /// <summary>The methods of which its code consists.</summary>
    public int Methods { get; init; } = 1;

    /// <summary>The number of the version, from 1.</summary>
    public int Version { get; init; }

    /// <summary>The most frames that its inlined calls need. It is not entered with fewer left.</summary>
    public int MaxDepth { get; init; }

    /// <summary>How long its compilation stopped the script: the installation alone when another thread compiled it.</summary>
    public TimeSpan CompileTime { get; set; }

    /// <summary>How long another thread compiled it.</summary>
    public TimeSpan BackgroundTime { get; set; }

    /// <summary>The checksum of the code when it was installed; see <see cref="RegionSeal"/>.</summary>
    public int Seal { get; set; }

    /// <summary>Entries from the interpreter.</summary>
    public long Entries;

    /// <summary>
    /// Steps taken in it; see <see cref="RegionState.CompiledSteps"/>. Each step counts for one region, also when the interpreter enters
    /// one region during a call-out of another.
    /// </summary>
    public long Steps;

    /// <summary>Measures what the entries from the interpreter bring.</summary>
    public readonly EntryProfitability EntryCheck = new();

    /// <summary>Of a proc: measures what its exits cost.</summary>
    public readonly ExitProfitability ExitCheck = new();

    /// <summary>Of a proc: calls from the interpreter with arguments of other representations.</summary>
    public long Mismatches;
}
