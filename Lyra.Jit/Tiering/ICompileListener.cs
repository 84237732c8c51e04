using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;

namespace Lyra.Jit.Tiering;

/// <summary>Sees every stage of each compilation as it happens: for `lyra trace`, dumps and verification. The graph changes afterwards: look at it at once.</summary>
internal interface ICompileListener
{
    /// <summary>The IR after the builder ("build") or after a pass.</summary>
    void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph);

    /// <summary>The IL, before it is replayed.</summary>
    void OnCode(RegionProfile profile, int version, EmittedRegion emitted);

    /// <summary>A method as it will run: a region, the way into a compiled proc, or what stands for a proc until it has a region.</summary>
    /// <param name="name">What it is, for people; several may have the same name.</param>
    /// <param name="code">Its IL, which never changes any more.</param>
    void OnMethod(string name, IlBuffer code)
    {
    }

    /// <summary>What came of it, before it is entered. Its counters go on counting.</summary>
    void OnRegion(Region region)
    {
    }
}
