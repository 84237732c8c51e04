using System;
using System.Diagnostics;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <content>Regions: how they are made, entered, left, made anew and dropped.</content>
internal sealed partial class TierController
{
    /// <summary>An exit must be taken so many times as often to be recorded again after what exits had brought could not be compiled.</summary>
    private const int GrowthPenalty = 8;

    /// <summary>Exits that are taken so many times less often than wanted come along when the region is to be compiled again anyway.</summary>
    private const int CompanionShare = 4;

    /// <summary>So many times as often as for the next version an exit is recorded for the one that is to be compiled anyway.</summary>
    private const int CompanionRecordings = 2;

    /// <summary>A region that was compiled and did not pay counts as so many failures: it has cost more than a recording that came to nothing.</summary>
    private const int DropWeight = 3;

    private void Compile(HotRegion hot)
    {
        hot.CompileAt = long.MaxValue;
        if (_options.Stress?.AbortsCompilation() == true)
        {
            GiveUp(hot, AbortReason.Forced, string.Empty);
            return;
        }

        if (!IsOn)
        {
            return;
        }

        if (ReferenceEquals(_recorded, hot) && !_recorder.IsWatching)
        {
            EndWaitingRecording();
        }

        if (hot.Pending is not null || ReferenceEquals(_recorded, hot))
        {
            // The profile is in use: its next exit sees to it.
            hot.CompileAt = hot.Exits;
            return;
        }

        hot.IsWaiting = false;
        CompileJob job = new(hot.Profile!, hot.Version + 1, _compile);
        if (CompilesInBackground)
        {
            hot.Pending = job;
            _queue.Add(job);
            WaitForPending(hot);
            return;
        }

        job.Run();
        CompileResult result = job.Take(ThrowsFaults);
        Counters.CompileTime += job.Time;
        if (result.Region is { } region)
        {
            region.CompileTime = job.Time;
        }

        Finish(hot, result);
    }

    /// <summary>Makes of a compilation what can be made of it.</summary>
    private void Finish(HotRegion hot, in CompileResult result)
    {
        if (result.Region is not { } region)
        {
            GiveUp(hot, result);
        }
        else if (CallsDropped(region))
        {
            Compile(hot);
        }
        else
        {
            Install(hot, region);
        }
    }

    private void GiveUp(HotRegion hot, in CompileResult result)
    {
        if (result.Reason == AbortReason.WaitsForCallee)
        {
            Wait(hot, result);
            return;
        }

        GiveUp(hot, result.Reason, result.Detail);
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
        hot.FailedGrowths++;
        foreach (RegionGuard guard in hot.Region.Guards)
        {
            guard.NextRecording *= GrowthPenalty;
        }
    }

    /// <summary>The interpreter goes on, and asks again.</summary>
    private static void WaitForPending(HotRegion hot)
    {
        if (hot.Region is null)
        {
            long count = hot.Loop < 0 ? hot.Code.CallCount : hot.Code.Loops[hot.Loop].Count;
            SetHeat(hot, HeatThresholds.ToAskAgain(count));
        }
    }

    /// <summary>Takes what another thread has compiled, if it is done.</summary>
    private void InstallPending(HotRegion hot)
    {
        CompileJob job = hot.Pending!;
        if (!job.IsDone)
        {
            WaitForPending(hot);
            return;
        }

        long start = Stopwatch.GetTimestamp();
        hot.Pending = null;
        CompileResult result = job.Take(ThrowsFaults);
        Finish(hot, result);
        TimeSpan stop = Stopwatch.GetElapsedTime(start);
        Counters.CompileTime += stop;
        Counters.BackgroundTime += job.Time;
        if (result.Region is { } region)
        {
            region.CompileTime = stop;
            region.BackgroundTime = job.Time;
        }
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
        hot.Exits = 0;
        if (hot.CompileAt != long.MaxValue)
        {
            // Recorded while another thread compiled this version.
            hot.CompileAt = HotExits(region);
        }

        foreach (RegionGuard guard in region.Guards)
        {
            guard.NextRecording = HotExits(region);
        }

        if (hot.Loop >= 0)
        {
            hot.Code.Loops[hot.Loop].Region = region;
        }

        SetHeat(hot, 0);
        Counters.Add(region);
        Counters.Compiled++;
        Counters.IlBytes += region.IlBytes;
        Report(TierEventKind.Compiled, hot, $"version {region.Version}, {region.IlBytes} bytes of IL");
        Connect(hot, region);
    }

    /// <summary>Steps in compiled code that no region has been credited with: those of the regions that run.</summary>
    private long OpenSteps => Counters.CompiledSteps - _creditedSteps;

    /// <summary>Credits a region that has ended with its steps. Those of regions that were entered meanwhile are theirs.</summary>
    private void CreditSteps(Region region, long openBefore)
    {
        long steps = OpenSteps - openBefore;
        region.Steps += steps;
        _creditedSteps += steps;
    }

    private TierStep Enter(HotRegion hot)
    {
        if (hot.Pending is { IsDone: true })
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
        long before = OpenSteps;
        region.Entries++;
        Counters.Entries++;
        int exit = RegionRuntime.Enter(region);
        CreditSteps(region, before);
        WarmAround(hot);
        if (exit == Region.Raised)
        {
            return TierStep.Settle;
        }

        if (exit == Region.Unwound)
        {
            OnUnwound();
            return TierStep.GoOn;
        }

        if (exit == Region.Abandoned)
        {
            OnAbandoned(hot, region);
            return TierStep.GoOn;
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
        if (!ReferenceEquals(hot.Region, region) || _recorder.IsWatching)
        {
            return;
        }

        hot.Exits++;
        if (region.Entries % _options.ProbationEntries == 0 && IsLeftWithinARound(hot, region))
        {
            OnLeftWithinARound(hot);
        }
        else if (hot.Exits >= hot.CompileAt && hot.Pending is null)
        {
            Compile(hot);
        }
        else if (!isEnd && !guard.IsLimit && IsHot(guard.Exits, guard, hot))
        {
            RecordExit(hot, region, guard, root);
        }
    }

    /// <summary>Whether that is so on an average of the last entries, as many as are looked at in one go.</summary>
    private bool IsLeftWithinARound(HotRegion hot, Region region)
    {
        long steps = region.Steps - region.ProbationSteps;
        region.ProbationSteps = region.Steps;
        return steps < (long)_options.ProbationEntries * hot.Code.Loops[hot.Loop].Cost;
    }

    /// <summary>While a version is on its way that contains what exits have brought, the interpreter does without this one; otherwise it is worth nothing.</summary>
    private void OnLeftWithinARound(HotRegion hot)
    {
        if (hot.Pending is not null)
        {
            SetHeat(hot, Threshold(hot));
        }
        else if (hot.CompileAt == long.MaxValue)
        {
            Drop(hot, "left within a round");
        }
    }

    /// <summary>
    /// Exits of one guard from which on it is hot: more for each version, and for a large region that has grown before, because compiling that again takes
    /// more time than its size alone says.
    /// </summary>
    private long HotExits(Region region)
    {
        long size = region.IlBytes / 1_000;
        return Math.Max((long)_options.HotExit << (region.Version - 1), region.Version == 1 ? 0 : _options.HotExit * size * size / 2);
    }

    private bool IsHot(long exits, RegionGuard guard, HotRegion hot)
    {
        bool isCompanion = hot.CompileAt != long.MaxValue;
        return hot.Pending is null
            && exits >= (isCompanion ? guard.NextRecording / CompanionShare : guard.NextRecording)
            && hot.Version + hot.FailedGrowths < _options.MaxVersions;
    }

    private void RecordExit(HotRegion hot, Region region, RegionGuard guard, int root)
    {
        if (guard.Bets.Length > 0)
        {
            NoteLostBet(hot, guard);
            return;
        }

        EndWaitingRecording();
        if (!ReferenceEquals(hot.Region, region) || hot.Pending is not null)
        {
            return;
        }

        // Until the region is compiled anyway, its hot exits are recorded several times: that costs little beside another version.
        guard.NextRecording += hot.CompileAt == long.MaxValue ? guard.NextRecording : Math.Max(1, HotExits(region) / CompanionRecordings);
        _recorded = hot;
        Counters.Started++;
        Report(TierEventKind.Hot, hot, $"exit at {guard.Description}");
        _recorder.BeginSide(hot.Profile!, root, region.Data.States[guard.State].Frames, hot.MaxDepth);
    }

    /// <summary>
    /// Ends the recording that waits for what it has called: that may run as long as the program, as in a proc that calls itself, and what is hot there now
    /// would have to wait as long.
    /// </summary>
    private void EndWaitingRecording()
    {
        if (_recorder.IsActive)
        {
            Settle(_recorder.Stop(AbortReason.Preempted));
        }
    }

    /// <summary>
    /// A recording would bring nothing: a bet is about how two numbers compare, which no profile holds. The region is compiled again without it.
    /// </summary>
    private void NoteLostBet(HotRegion hot, RegionGuard guard)
    {
        foreach (InstructionProfile profile in guard.Bets)
        {
            profile.LostBets++;
        }

        hot.Profile!.LostBets++;
        Compile(hot);
    }

    private void OnAbandoned(HotRegion hot, Region region)
    {
        region.Data.Trial.Begin();
        Counters.Deoptimizations++;
        if (ReferenceEquals(hot.Region, region) && !_recorder.IsActive && _options.Stress is not StressPlan)
        {
            Drop(hot, "the interpreter does too much for it");
        }
    }

    /// <summary>Does without a region that costs more than it brings; the loop is recorded anew later.</summary>
    private void Drop(HotRegion hot, string reason)
    {
        Counters.Retire(hot.Region!);
        hot.Code.Loops[hot.Loop].Region = null;
        Report(TierEventKind.Blacklisted, hot, reason);
        PutOff(hot, AbortReason.None, DropWeight);
    }
}
