using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;

namespace Lyra.Bench.Suite.Counting;

/// <summary>Counts the procs that the compiler has inlined at least once.</summary>
internal sealed class InlineCounter : ICompileListener
{
    private readonly HashSet<Prototype> _inlined = [];

    public int Procs => _inlined.Count;

    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
        foreach (InlinedCall call in graph.Inlined)
        {
            _inlined.Add(call.Code.Prototype);
        }
    }

    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
    {
        // The graph has shown everything.
    }

    public void OnRegion(Region region)
    {
    }
}
