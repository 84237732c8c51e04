using System;
using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Tiering;

/// <summary>Verifies the IR after every stage, and the IL before it runs. A fault is thrown.</summary>
internal sealed class CompileChecks : ICompileListener
{
    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph) => IrVerifier.Check(graph, stage);

    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
    {
        foreach (IlBuffer method in emitted.Methods)
        {
            List<IlFault> faults = IlCheck.Check(method);
            if (faults.Count > 0)
            {
                throw new InvalidOperationException($"IL is wrong:\n{string.Join('\n', faults)}\n{IlText.Print(method)}");
            }
        }
    }
}
