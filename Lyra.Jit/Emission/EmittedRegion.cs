using System;
using System.Collections.Generic;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>A part of a region as IL (<see cref="OutlinedPart"/>).</summary>
/// <param name="Code">The method.</param>
/// <param name="Type">The type of the delegate that calls it.</param>
/// <param name="Constant">The index of the constant that has to be this delegate.</param>
internal sealed record EmittedPart(IlBuffer Code, Type Type, int Constant);

/// <summary>A region as IL, with the objects and tables to which the IL refers.</summary>
/// <param name="Code">The method.</param>
/// <param name="Constants">The objects that it loads by index.</param>
/// <param name="States">The states of its exits and interpreter call-outs.</param>
/// <param name="Guards">Its guards, by number.</param>
internal sealed record EmittedRegion(IlBuffer Code, object?[] Constants, ExitState[] States, RegionGuard[] Guards)
{
    /// <summary>The parts of a region that is divided; the constants contain a placeholder for the delegate of each.</summary>
    public EmittedPart[] Parts { get; init; } = [];

    /// <summary>All methods, the region's own first.</summary>
    public IEnumerable<IlBuffer> Methods => [Code, .. Array.ConvertAll(Parts, static part => part.Code)];

    /// <summary>The cells through which it calls other procs.</summary>
    public EntryCell[] Calls { get; init; } = [];

    /// <summary>The states of interpreter call-outs, by number.</summary>
    public int[] Interpreted { get; init; } = [];

    /// <summary>The states after noted calls, by number.</summary>
    public int[] Noted { get; init; } = [];

    /// <summary>Whether the CLR would compile one of the methods without optimizing it.</summary>
    /// <param name="what">The exceeded cap, with both numbers; empty if no cap is exceeded.</param>
    public bool ExceedsOptimizerCaps(out string what)
    {
        what = string.Empty;
        foreach (IlBuffer method in Methods)
        {
            if (method.ExceedsOptimizerCaps(out what))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number of <see cref="Runtime.Execution.ExitBuffers.Objects"/> that host calls write; null without one.</summary>
    public int? HostCallObjects { get; init; }
}
