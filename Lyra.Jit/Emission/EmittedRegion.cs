using Lyra.Jit.Deoptimization;
using Lyra.Jit.Tiering;

namespace Lyra.Jit.Emission;

/// <summary>A region as IL, with what the IL refers to.</summary>
/// <param name="Code">The method.</param>
/// <param name="Constants">The objects that it loads by index.</param>
/// <param name="States">The states of its exits and Interpret nodes.</param>
/// <param name="Guards">Its guards, by number.</param>
internal sealed record EmittedRegion(IlBuffer Code, object?[] Constants, ExitState[] States, RegionGuard[] Guards)
{
    /// <summary>The cells through which it calls other procs.</summary>
    public EntryCell[] Calls { get; init; } = [];

    /// <summary>Which of the states are those of Interpret nodes.</summary>
    public int[] Interpreted { get; init; } = [];

    /// <summary>So many of <see cref="Runtime.Execution.ExitBuffers.Objects"/> are written at calls of the host; -1 when it makes none.</summary>
    public int HostCallObjects { get; init; } = -1;
}
