using System;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Passes;

namespace Lyra.Jit.Tiering;

/// <summary>Shows the stages of one compilation to those who listen.</summary>
internal sealed class CompileStages(RegionProfile profile, int version, CompileChecks? checks, ICompileListener? listener)
    : IPassObserver<IrGraph>
{
    public void Show(string stage, IrGraph graph)
    {
        checks?.OnGraph(profile, version, stage, graph);
        listener?.OnGraph(profile, version, stage, graph);
    }

    public void After(string pass, IrGraph code, TimeSpan elapsed)
    {
        Show(pass, code);
        listener?.OnPassed(pass, elapsed);
    }
}
