using System;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Tiering;

/// <summary>The state and services that the parts of a tier controller share.</summary>
/// <param name="frames">The interpreter's stacks.</param>
/// <param name="options">When and how much is compiled.</param>
/// <param name="compiler">Compiles regions, and knows which procs have entries.</param>
internal sealed class TierServices(IFrameHost frames, TierOptions options, RegionCompiler compiler)
{
    /// <summary>The number of failures with which a loop or proc counts as blacklisted.</summary>
    private const int BlacklistedAfter = 3;

    /// <summary>Bytes of IL that the CLR compiles in somewhat less than a millisecond.</summary>
    private const int BytesPerUnit = 900;

    public IFrameHost Frames { get; } = frames;

    public TierOptions Options { get; } = options;

    public RegionCompiler Compiler { get; } = compiler;

    public CodeSpace Space { get; } = new(options.MaxCodeBytes);

    public TierLog Log { get; } = new(new TierCounters(frames.Context));

    public TierCounters Counters => Log.Counters;

    /// <summary>Whether hot code is compiled and compiled code is entered.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Back-edges or calls after which a loop or proc is hot.</summary>
    public int ThresholdOf(HotRegion hot) => hot.IsProc ? Options.HotProc : Options.HotLoop;

    /// <summary>
    /// Exits of one guard after which it is hot. More for each version, and for a large region that has grown before, because its compile
    /// time grows faster than its size.
    /// </summary>
    public long HotExits(Region region)
    {
        long size = region.IlBytes / region.Methods / BytesPerUnit;
        long work = region.Methods * size * size;
        return Math.Max((long)Options.HotExit << (region.Version - 1), region.Version == 1 ? 0 : Options.HotExit * work);
    }

    /// <summary>Exits of a large switch after which they are hot: all further targets are recorded then, not one.</summary>
    public long HotDispatchExits(Region region) => (long)Options.HotExit << (region.Version - 1);

    /// <summary>Delays the next attempt of a loop or proc whose region was dropped.</summary>
    public void Penalize(HotRegion hot) =>
        hot.SetHeat(hot.Attempts.DelayWithJitter(ThresholdOf(hot), Options.MaxDoublings, hot.RootPc));

    /// <summary>Delays the next attempt of a loop or proc whose attempt failed, and reports it when it has failed too often.</summary>
    public void PenalizeFailure(HotRegion hot)
    {
        Penalize(hot);
        if (hot.Attempts.Failures == BlacklistedAfter)
        {
            Log.Blacklisted(hot, $"after {BlacklistedAfter} failures");
        }
    }
}
