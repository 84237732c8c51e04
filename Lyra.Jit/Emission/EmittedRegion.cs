using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>A region as IL, with the objects and tables to which the IL refers.</summary>
/// <param name="Code">The method.</param>
/// <param name="Constants">The objects that it loads by index.</param>
/// <param name="States">The states of its exits and interpreter call-outs.</param>
/// <param name="Guards">Its guards, by number.</param>
internal sealed record EmittedRegion(IlBuffer Code, object?[] Constants, ExitState[] States, RegionGuard[] Guards)
{
    /// <summary>The cells through which it calls other procs.</summary>
    public EntryCell[] Calls { get; init; } = [];

    /// <summary>The states of interpreter call-outs, by number.</summary>
    public int[] Interpreted { get; init; } = [];

    /// <summary>The states after noted calls, by number.</summary>
    public int[] Noted { get; init; } = [];

    /// <summary>The number of <see cref="Runtime.Execution.ExitBuffers.Objects"/> that host calls write; null without one.</summary>
    public int? HostCallObjects { get; init; }
}
