using System;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Receives every stage of each compilation as it happens, for `lyra trace`, dumps and verification. The graph changes afterwards, so a
/// listener must not keep it.
/// </summary>
internal interface ICompileListener
{
    /// <summary>The IR after the builder ("build") or after a pass.</summary>
    void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph);

    /// <summary>The time of a pass, after <see cref="OnGraph"/> has shown its result.</summary>
    void OnPassed(string pass, TimeSpan elapsed)
    {
    }

    /// <summary>The IL, before it is replayed.</summary>
    void OnCode(RegionProfile profile, int version, EmittedRegion emitted);

    /// <summary>A method in its final form: a region, a bridge or an entry stub.</summary>
    /// <param name="name">A description; several methods may have the same.</param>
    /// <param name="code">Its IL, which is final.</param>
    void OnMethod(string name, IlBuffer code)
    {
    }

    /// <summary>The region, before it is entered. Its counters continue to count.</summary>
    void OnRegion(Region region)
    {
    }
}
