using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Tiering;

/// <summary>Hands profiles to the compiler, in the background or while the script waits, and installs what it returns.</summary>
internal sealed class CompilationCoordinator(
    TierServices services, RecordingCoordinator recordings, RegionDrops drops, Func<RegionProfile, int, CompileResult> compile)
{
    /// <summary>After a failed growth, an exit must be taken this many times as often before it is recorded again.</summary>
    private const int GrowthPenalty = 8;

    private readonly CompileQueue _queue = new();
    private readonly ProcessorSlices? _slices = services.Options.SharesProcessor ? new(services.Counters) : null;

    /// <summary>Whether faults of the compiler are thrown, so that tests detect them; otherwise each is an abort reason.</summary>
    public bool ThrowsFaults { get; set; } = services.Options.ChecksCompiler;

    /// <summary>Whether another thread compiles. With a listener none does, because it expects all stages on the script's thread.</summary>
    private bool CompilesInBackground => services.Options.CompilesInBackground && services.Compiler.Listener is null;

    /// <summary>Whether the compiler takes no more profiles now, so that there is no use in recording.</summary>
    public bool IsQueueFull => CompilesInBackground && _queue.IsFull;

    /// <summary>Stops all compilation.</summary>
    public void Close() => _queue.Close();

    /// <summary>Compiles the profile of a loop or proc, or schedules that for a later exit if the profile is in use.</summary>
    public void Compile(HotRegion hot)
    {
        if (hot.Installed is { } installed)
        {
            installed.RecompileAt = null;
        }

        if (services.Options.Stress?.AbortsCompilation() == true)
        {
            Fail(hot, AbortReason.Forced, string.Empty);
        }
        else if (services.IsOn)
        {
            Start(hot);
        }
    }

    /// <summary>
    /// Uses the result of a job that another thread has finished. Otherwise the interpreter continues and polls again later.
    /// </summary>
    public void InstallIfDone(HotRegion hot, CompileJob job)
    {
        _slices?.Give(job);
        if (!job.IsDone)
        {
            PollLater(hot);
            return;
        }

        long start = Stopwatch.GetTimestamp();
        CompileResult result = ResultOf(hot, job);
        if (result.Region is { } compiled)
        {
            compiled.BackgroundTime = job.Time;
        }

        Finish(hot, result);
        TimeSpan stop = Stopwatch.GetElapsedTime(start);
        services.Counters.CompileTime += stop;
        services.Counters.BackgroundTime += job.Time;
        services.Counters.CompileBytes += job.Bytes;
        if (result.Region is { } region)
        {
            region.CompileTime = stop;
        }
    }

    /// <summary>Uses the next version of an installed region if it is compiled. Until then, its exits cost time.</summary>
    public void InstallNextVersionIfDone(HotRegion hot)
    {
        if (hot.State is GrowingState growing)
        {
            InstallIfDone(hot, growing.Job);
        }
    }

    /// <summary>Makes the interpreter poll again after some back-edges or calls.</summary>
    private static void PollLater(HotRegion hot)
    {
        if (hot.Installed is null)
        {
            hot.SetHeat(Runtime.Execution.HeatThresholds.PollInterval(hot.Count));
        }
    }

    private void Start(HotRegion hot)
    {
        if (recordings.IsRecording(hot) && !recordings.IsWatching)
        {
            recordings.Stop();
        }

        if (hot.Installed is { } installed && (hot.State.Job is not null || recordings.IsRecording(hot)))
        {
            // The profile is in use: the next exit starts the compilation.
            installed.RecompileAt = installed.Exits;
            return;
        }

        if (IsQueueFull)
        {
            Refuse(hot);
            return;
        }

        CompileJob job = new(hot.State.Profile!, (hot.Installed?.Region.Version ?? 0) + 1, compile);
        hot.StartCompiling(job);
        if (CompilesInBackground)
        {
            _queue.Add(job);
            InstallIfDone(hot, job);
            return;
        }

        job.Run();
        services.Frames.Context.HasForeignAllocations = true;
        CompileResult result = ResultOf(hot, job);
        services.Counters.CompileTime += job.Time;
        services.Counters.CompileBytes += job.Bytes;
        if (result.Region is { } region)
        {
            region.CompileTime = job.Time;
        }

        Finish(hot, result);
    }

    /// <summary>Drops the profile of a first version, or delays the next version, because the queue is full.</summary>
    private void Refuse(HotRegion hot)
    {
        if (hot.Installed is not { } installed)
        {
            Fail(hot, AbortReason.QueueFull, string.Empty);
            return;
        }

        installed.RecompileAt = installed.Exits + services.HotExits(installed.Region);
        services.Log.Aborted(hot, AbortReason.QueueFull, string.Empty);
    }

    private CompileResult ResultOf(HotRegion hot, CompileJob job)
    {
        try
        {
            return job.Take(ThrowsFaults);
        }
        catch
        {
            // Every exception: it is rethrown, and the region must not stay in a state without its job.
            hot.DiscardResult();
            throw;
        }
    }

    private void Finish(HotRegion hot, in CompileResult result)
    {
        if (result.Region is { } region)
        {
            InstallOrRepeat(hot, region);
            return;
        }

        CompileFailure failure = result.Failure!;
        if (failure.Callee is { } callee)
        {
            Wait(hot, EntryTable.Of(callee), failure, result.Cell);
            return;
        }

        Fail(hot, failure.Reason, failure.Detail);
    }

    /// <summary>Handles a failed compilation. An installed version that cannot grow stays; otherwise the next attempt is delayed.</summary>
    private void Fail(HotRegion hot, AbortReason reason, string detail)
    {
        if (hot.Installed is { } installed)
        {
            hot.FailGrowth();
            foreach (RegionGuard guard in installed.Region.Guards)
            {
                guard.NextRecording *= GrowthPenalty;
            }

            services.Log.Aborted(hot, reason, detail);
            return;
        }

        hot.Fail(reason);
        services.Log.Aborted(hot, reason, detail);
        services.PenalizeFailure(hot);
    }

    /// <summary>
    /// Installs a region. Compiles again instead if a proc that it calls was dropped or got another signature meanwhile, because its calls
    /// would exit.
    /// </summary>
    private void InstallOrRepeat(HotRegion hot, Region region)
    {
        foreach (EntryCell called in region.Calls)
        {
            if (!ReferenceEquals(called, region.Cell) && !ReferenceEquals(called, services.Compiler.Entries.Find(called.Code)))
            {
                hot.DiscardResult();
                Compile(hot);
                return;
            }
        }

        Install(hot, region);
    }

    private void Install(HotRegion hot, Region region)
    {
        CompiledState? earlier = hot.Installed;
        if (earlier is not null)
        {
            services.Counters.Retire(earlier.Region);
            services.Counters.Side++;
        }

        long hotExits = services.HotExits(region);
        foreach (RegionGuard guard in region.Guards)
        {
            guard.NextRecording = guard.IsDispatch ? services.HotDispatchExits(region) : hotExits;
        }

        // Observations made while another thread compiled this version are compiled later.
        hot.Install(region, earlier?.RecompileAt is null ? null : hotExits);
        if (!hot.IsProc)
        {
            hot.Code.Loops[hot.Loop].Region = region;
        }

        hot.SetHeat(0);
        services.Log.Installed(hot, region);
        LinkToCallees(hot, region);
        LinkToCallers(hot, region);
    }

    private static void LinkToCallees(HotRegion hot, Region region)
    {
        foreach (EntryCell called in region.Calls)
        {
            WeakList<HotRegion> callers = EntryTable.Of(called.Code).Links.CallersOf(called);
            if (!callers.Contains(hot))
            {
                callers.Add(hot);
            }
        }
    }

    /// <summary>Makes a proc region callable from compiled code, and compiles the regions that wait for it.</summary>
    private void LinkToCallers(HotRegion hot, Region region)
    {
        if (region.Cell is not { } cell)
        {
            return;
        }

        region.ExitCheck.Begin(services.Counters.CompiledSteps);
        EntryCell? earlier = hot.Links.Cell;
        if (earlier is not null && earlier.Signature.CallsOut != cell.Signature.CallsOut)
        {
            // Callers that do not note their calls would have to exit with each call-out.
            drops.RetireCallers(hot);
        }

        cell.Entry = region.Entry!;
        hot.Links.Publish(cell);
        hot.Code.Entry = hot;
        if (earlier is not null && !ReferenceEquals(earlier, cell))
        {
            CompileCallersOf(hot, earlier);
        }

        List<HotRegion> waiting = hot.Links.Waiting.Living();
        hot.Links.Waiting.Clear();
        foreach (HotRegion caller in waiting)
        {
            if (caller.IsWaitingForCallee)
            {
                Compile(caller);
            }
        }
    }

    /// <summary>
    /// Compiles the callers of a proc again that call it with the signature of an earlier version. That version still runs when they do,
    /// and exits wherever the present one does not.
    /// </summary>
    private void CompileCallersOf(HotRegion hot, EntryCell earlier)
    {
        // They stay in the list: one that can't be compiled again must be retired if the proc is dropped.
        foreach (HotRegion caller in hot.Links.CallersOf(earlier).Living())
        {
            if (caller.Installed is { } installed && Array.IndexOf(installed.Region.Calls, earlier) >= 0)
            {
                Compile(caller);
            }
        }
    }

    /// <summary>Makes a region wait for a proc that it calls. The wait is limited, because the proc may never be called again.</summary>
    private void Wait(HotRegion hot, HotRegion callee, CompileFailure failure, EntryCell? cell)
    {
        if (hot.Installed is null && cell is not null)
        {
            hot.Links.Publish(cell);
        }

        if (callee.Links.Cell is not null || callee.Attempts.Failures > 0)
        {
            // The callee was compiled, or failed, after the compiler had requested it.
            hot.DiscardResult();
            Compile(hot);
            return;
        }

        callee.WasPostponed = true;
        if (callee.Code.Heat > 0)
        {
            callee.Code.SetHeat(0);
        }

        callee.Links.Waiting.Add(hot);
        hot.WaitForCallee();
        services.Log.CalleeRequested(callee, hot, failure.Detail);
        if (hot.Installed is null)
        {
            hot.SetHeat(services.ThresholdOf(hot));
        }
    }
}
