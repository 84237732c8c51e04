using System;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Tiering;

/// <summary>What emitted code is bound to: its constants, and the region for what calls back.</summary>
internal sealed class RegionData
{
    /// <summary>Objects that the code refers to by index.</summary>
    public object?[] Constants = [];

    /// <summary>The interpreter's stacks.</summary>
    public IFrameHost Frames = null!;

    /// <summary>Where each guard leads; index is <see cref="RegionGuard.State"/>, also that of each Interpret node.</summary>
    public ExitState[] States = [];

    /// <summary>When guards fail on purpose; null outside of tests.</summary>
    public StressPlan? Stress;
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

    public required RegionProfile Profile { get; init; }

    public required RegionData Data { get; init; }

    public required RegionGuard[] Guards { get; init; }

    /// <summary>The entry of a loop region; its first call compiles the IL unless it was prepared.</summary>
    public LoopCode? Loop { get; init; }

    /// <summary>The entry of an entry region: a delegate of the CLR signature of its representations.</summary>
    public Delegate? Entry { get; init; }

    /// <summary>Bytes of IL.</summary>
    public int IlBytes { get; init; }

    /// <summary>Which version of the region it is, from 1.</summary>
    public int Version { get; init; }

    /// <summary>Frames that its inlined calls need at most: it must not be entered with fewer left.</summary>
    public int MaxDepth { get; init; }

    /// <summary>Times it was entered from the interpreter.</summary>
    public long Entries;

    /// <summary>Steps charged while it ran.</summary>
    public long Steps;
}
