using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <content>Regions: how they are made, entered, left, made anew and dropped.</content>
internal sealed partial class TierController
{
    private void Compile(HotRegion hot)
    {
        if (_options.Stress?.AbortsCompilation() == true)
        {
            GiveUp(hot, AbortReason.Forced, string.Empty);
            return;
        }

        if (!IsOn)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        CompileResult result = _compile(hot.Profile!, hot.Version + 1);
        if (result.Region is { } region)
        {
            Finish(hot, region);
        }

        Counters.CompileTime += Stopwatch.GetElapsedTime(start);
        if (result.Region is null)
        {
            GiveUp(hot, result.Reason, result.Detail);
        }
    }

    /// <summary>A region that can't grow stays as it is; a loop that has none waits for its next attempt.</summary>
    private void GiveUp(HotRegion hot, AbortReason reason, string detail)
    {
        if (hot.Region is null)
        {
            Abort(hot, reason, detail);
            return;
        }

        Counters.CountAbort(reason);
        Report(TierEventKind.Aborted, hot, $"{reason}: {detail}");
        hot.Version = _options.MaxVersions;
    }

    /// <summary>Has the CLR compile a region: here, or on another thread while the interpreter or the version before goes on.</summary>
    private void Finish(HotRegion hot, Region region)
    {
        Delegate code = (Delegate?)region.Loop ?? region.Entry!;
        if (region.IlBytes < _options.BackgroundThreshold)
        {
            RuntimeHelpers.PrepareDelegate(code);
            Install(hot, region);
            return;
        }

        hot.Pending = (region, Task.Run(() => RuntimeHelpers.PrepareDelegate(code)));
        if (hot.Region is null)
        {
            SetHeat(hot, Math.Max(1, Threshold(hot) / NestingShare));
        }
    }

    private void InstallPending(HotRegion hot)
    {
        (Region region, Task done) = hot.Pending!.Value;
        if (!done.IsCompleted)
        {
            SetHeat(hot, Math.Max(1, Threshold(hot) / NestingShare));
            return;
        }

        hot.Pending = null;
        Install(hot, region);
    }

    private void Install(HotRegion hot, Region region)
    {
        if (hot.Region is { } earlier)
        {
            Counters.Retire(earlier);
            Counters.Side++;
        }

        hot.Region = region;
        hot.Version = region.Version;
        foreach (RegionGuard guard in region.Guards)
        {
            guard.NextRecording = (long)_options.HotExit << (region.Version - 1);
        }

        if (hot.Loop < 0)
        {
            hot.Code.Entry = region;
        }
        else
        {
            hot.Code.Loops[hot.Loop].Region = region;
        }

        SetHeat(hot, 0);
        Counters.Add(region);
        Counters.Compiled++;
        Counters.IlBytes += region.IlBytes;
        Report(TierEventKind.Compiled, hot, $"version {region.Version}, {region.IlBytes} bytes of IL");
    }

    private TierStep Enter(HotRegion hot)
    {
        if (hot.Pending is { Done.IsCompleted: true })
        {
            InstallPending(hot);
        }

        ScriptContext context = _frames.Context;
        Region region = hot.Region!;
        if (context.FramesLeft() < region.MaxDepth)
        {
            return TierStep.GoOn;
        }

        int root = _frames.Top;
        long before = context.StepsTaken;
        region.Entries++;
        Counters.Entries++;
        int exit = RegionRuntime.Enter(region);
        long steps = context.StepsTaken - before;
        region.Steps += steps;
        Counters.CompiledSteps += steps;
        WarmAround(hot);
        if (exit == Region.Raised)
        {
            return TierStep.Settle;
        }

        OnExit(hot, region, region.Guards[exit], root);
        return TierStep.GoOn;
    }

    /// <summary>Makes the loop around one that was entered hot sooner: it runs less often, but the more is in it.</summary>
    private void WarmAround(HotRegion hot)
    {
        int around = PrototypeTier.Of(hot.Code).Loops.ParentOf(hot.Loop);
        if (around == LoopMap.None)
        {
            return;
        }

        ref LoopState state = ref hot.Code.Loops[around];
        if (state.Region is null && state.Heat > 0)
        {
            state.SetHeat(Math.Max(0, state.Heat - Math.Max(1, _options.HotLoop / NestingShare)));
        }
    }

    private void OnExit(HotRegion hot, Region region, RegionGuard guard, int root)
    {
        guard.Exits++;
        bool isEnd = ReferenceEquals(guard.Code, hot.Code) && !PrototypeTier.Of(hot.Code).Loops[hot.Loop].Contains(guard.Pc);
        if (!isEnd)
        {
            Counters.Deoptimizations++;
        }

        Observer?.Invoke(new TierEvent(isEnd ? TierEventKind.Exit : TierEventKind.Deoptimized, guard.Code, guard.Pc, guard.Description));
        if (!ReferenceEquals(hot.Region, region) || _recorder.IsActive)
        {
            return;
        }

        if (region.Entries == _options.ProbationEntries && region.Steps < region.Entries * hot.Code.Loops[hot.Loop].Cost)
        {
            Drop(hot);
            return;
        }

        if (!isEnd && !guard.IsLimit && guard.Exits >= guard.NextRecording && hot.Version < _options.MaxVersions && hot.Pending is null)
        {
            RecordExit(hot, region, guard, root);
        }
    }

    private void RecordExit(HotRegion hot, Region region, RegionGuard guard, int root)
    {
        guard.NextRecording *= 2;
        _recorded = hot;
        Counters.Started++;
        Report(TierEventKind.Hot, hot, $"exit at {guard.Description}");
        _recorder.BeginSide(hot.Profile!, root, region.Data.States[guard.State].Frames, hot.MaxDepth);
    }

    /// <summary>Does without a region that is hardly in before it is out again; the loop is recorded anew later.</summary>
    private void Drop(HotRegion hot)
    {
        Counters.Retire(hot.Region!);
        hot.Code.Loops[hot.Loop].Region = null;
        Report(TierEventKind.Blacklisted, hot, "left within a round");
        PutOff(hot, AbortReason.None);
    }
}
