using System;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Tiering;

/// <summary>Counts and reports the actions of a tier controller.</summary>
internal sealed class TierLog(TierCounters counters)
{
    public TierCounters Counters { get; } = counters;

    /// <summary>Receives each event; null when nothing listens.</summary>
    public Action<TierEvent>? Observer { get; set; }

    /// <summary>A recording begins.</summary>
    public void RecordingBegins(HotRegion hot, RegionGuard? exit)
    {
        Counters.Started++;
        string detail = exit is null ? string.Empty : $"exit at {exit.Description}";
        Report(Event(TierEventKind.Hot, hot, detail) with { Cause = exit is null ? HotCause.Root : HotCause.Exit });
    }

    /// <summary>A region waits for a proc that it calls.</summary>
    public void CalleeRequested(HotRegion callee, HotRegion caller, string explanation)
    {
        string detail = $"called by {caller.Code.Prototype.Name}: {explanation}";
        Report(Event(TierEventKind.Hot, callee, detail) with { Cause = HotCause.Caller });
    }

    /// <summary>A recording ended with a profile that can be compiled.</summary>
    public void Recorded(HotRegion hot, bool isSide) => Report(Event(TierEventKind.Recorded, hot, isSide ? "side" : string.Empty));

    /// <summary>A recording or a compilation was aborted.</summary>
    public void Aborted(HotRegion hot, AbortReason reason, string explanation)
    {
        Counters.CountAbort(reason);
        string detail = explanation.Length == 0 ? reason.ToString() : $"{reason}: {explanation}";
        Report(Event(TierEventKind.Aborted, hot, detail) with { Reason = reason, Explanation = explanation });
    }

    /// <summary>A loop or proc was blacklisted: the delay before its next attempt is long.</summary>
    public void Blacklisted(HotRegion hot, string why) => Report(Event(TierEventKind.Blacklisted, hot, why));

    /// <summary>A region was dropped or retired.</summary>
    public void Dropped(HotRegion hot, string why)
    {
        Counters.Dropped++;
        Report(Event(TierEventKind.Dropped, hot, why));
    }

    /// <summary>A region was installed.</summary>
    public void Installed(HotRegion hot, Region region)
    {
        Counters.Add(region);
        Counters.Compiled++;
        Counters.IlBytes += region.IlBytes;
        TierEvent installed = Event(TierEventKind.Compiled, hot, $"version {region.Version}, {region.IlBytes} bytes of IL");
        Report(installed with { CompileTime = region.CompileTime + region.BackgroundTime });
    }

    /// <summary>A region exited through a guard.</summary>
    /// <param name="guard">The guard.</param>
    /// <param name="isEnd">Whether its loop ended there.</param>
    public void Exited(RegionGuard guard, bool isEnd)
    {
        guard.Exits++;
        TierEventKind kind = isEnd ? TierEventKind.Exit : guard.IsLimit ? TierEventKind.LimitCheck : TierEventKind.Deoptimized;
        Counters.Deoptimizations += kind == TierEventKind.Deoptimized ? 1 : 0;
        Observer?.Invoke(new TierEvent(kind, guard.Code, guard.Pc, guard.Description) { Exits = guard.Exits });
    }

    private static TierEvent Event(TierEventKind kind, HotRegion hot, string detail) => new(kind, hot.Code, hot.RootPc, detail);

    private void Report(in TierEvent e) => Observer?.Invoke(e);
}
