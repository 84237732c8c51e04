using System;
using Lyra.Jit.Building;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Recording;

namespace Lyra.Jit.Tiering;

/// <summary>How a compilation came out: a region, or why there is none.</summary>
internal readonly record struct CompileResult(Region? Region, AbortReason Reason, string Detail);

/// <summary>From a profile to a region that can be entered: build, optimize, emit.</summary>
internal sealed class RegionCompiler(IFrameHost frames, RegionLimits limits)
{
    /// <summary>Compiles what the profile holds so far. Never throws: a fault of the compiler is a reason.</summary>
    public CompileResult Compile(RegionProfile profile, int version)
    {
        try
        {
            return new CompileResult(CompileRegion(profile, version), AbortReason.None, string.Empty);
        }
        catch (BuildAbortException e)
        {
            return new CompileResult(null, e.Reason, e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or ArgumentException or IndexOutOfRangeException or InvalidCastException
            or System.Collections.Generic.KeyNotFoundException)
        {
            // Contained on purpose: a fault of the compiler costs speed, never the program. Tests look at the reason.
            return new CompileResult(null, AbortReason.CompilerFault, e.ToString());
        }
    }

    private Region CompileRegion(RegionProfile profile, int version)
    {
        (IrGraph graph, int depth) = RegionBuilder.Build(profile, limits);
        PassList.Run(graph);
        EmittedRegion emitted = RegionEmitter.Emit(graph);
        if (emitted.Code.ExceedsOptimizerCaps(out string what))
        {
            throw new BuildAbortException(AbortReason.TooLarge, what);
        }

        RegionData data = new() { Constants = emitted.Constants, Frames = frames, States = emitted.States };
        string name = $"lyra {profile.Root.Code.Prototype.Name}:{profile.Root.Code.Prototype.PositionAt(profile.RootPc).Line} v{version}";
        return new Region
        {
            Profile = profile,
            Data = data,
            Guards = emitted.Guards,
            Loop = (LoopCode)IlReplay.CreateDelegate(emitted.Code, name, typeof(LoopCode), data),
            IlBytes = emitted.Code.ByteCount,
            Version = version,
            MaxDepth = depth,
        };
    }
}
