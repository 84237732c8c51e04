using System;
using System.Diagnostics;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>Enters the regions of loops, and handles their exits.</summary>
internal sealed class LoopEntries(
    TierServices services,
    RecordingCoordinator recordings,
    CompilationCoordinator compilations,
    ExitPolicy exits,
    RegionDrops drops,
    ProcEntries procs,
    StepAccounting accounting)
{
    /// <summary>An entry into a loop's region reduces the heat of the loop around it by this part of the threshold.</summary>
    private const int NestingShare = 16;

    /// <summary>Enters the region of a loop whose back-edge was taken, unless its calls might exceed a limit.</summary>
    public TierStep Enter(HotRegion hot)
    {
        compilations.InstallNextVersionIfDone(hot);

        IFrameHost frames = services.Frames;
        Region region = hot.Installed!.Region;
        if (frames.Context.FramesLeft() < region.MaxDepth || !frames.Context.MayEnterRegion())
        {
            return TierStep.Continue;
        }

        int root = frames.Top;
        long before = accounting.Open;
        region.Entries++;
        services.Counters.Entries++;
        RegionExit exit = RegionRuntime.Enter(region);
        accounting.Attribute(region, before);
        WarmAround(hot);
        switch (exit.Kind)
        {
            case RegionExitKind.Raised:
                procs.DropAbandoned();
                OnRaised(hot, region);
                return TierStep.Finish;
            case RegionExitKind.Unwound:
                procs.OnUnwound();
                return TierStep.Continue;
            case RegionExitKind.Abandoned:
                OnAbandoned(hot, region);
                return TierStep.Continue;
            case RegionExitKind.Guard:
                OnExit(hot, region, region.Guards[exit.Guard], root);
                return TierStep.Continue;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// Lets the loop around an entered one become hot sooner: it has fewer iterations, but its region contains more. Not once it is
    /// recorded and waits until compiling it pays: it would be recorded again and again.
    /// </summary>
    private void WarmAround(HotRegion hot)
    {
        PrototypeTier tier = PrototypeTier.Of(hot.Code);
        int around = tier.Loops.ParentOf(hot.Loop);
        if (around == LoopMap.None || tier.IsDelayed(around))
        {
            return;
        }

        ref LoopState state = ref hot.Code.Loops[around];
        if (state.Region is null && state.Heat > 0)
        {
            state.SetHeat(Math.Max(0, state.Heat - Math.Max(1, services.Options.HotLoop / NestingShare)));
        }
    }

    private void OnExit(HotRegion hot, Region region, RegionGuard guard, int root)
    {
        bool isEnd = ReferenceEquals(guard.Code, hot.Code)
            && PrototypeTier.Of(hot.Code).Loops[hot.Loop].EndsAt(guard.Pc, hot.Code.Prototype);
        services.Log.Exited(guard, isEnd);
        if (hot.Installed is not { } installed || !ReferenceEquals(installed.Region, region) || recordings.IsWatching)
        {
            return;
        }

        installed.Exits++;
        if (region.Entries % services.Options.EntriesPerCheck == 0 && ExitsWithinIteration(hot, region))
        {
            OnExitsWithinIteration(hot, installed);
        }
        else if (hot.State is CompiledState && installed.Exits >= installed.RecompileAt)
        {
            compilations.Compile(hot);
        }
        else if (!isEnd && exits.IsHot(hot, guard, guard.Exits))
        {
            exits.OnHotExit(hot, installed, guard, root);
        }
    }

    /// <summary>
    /// Handles an entry that ended with an error, or at an instruction that waits for a task, which only the interpreter executes.
    /// </summary>
    private void OnRaised(HotRegion hot, Region region)
    {
        if (region.Entries % services.Options.EntriesPerCheck == 0
            && hot.Installed is { } installed && ReferenceEquals(installed.Region, region) && !recordings.IsWatching
            && ExitsWithinIteration(hot, region))
        {
            OnExitsWithinIteration(hot, installed);
        }
    }

    /// <summary>Whether the entries since the last check took less than an iteration on average.</summary>
    private bool ExitsWithinIteration(HotRegion hot, Region region) =>
        region.EntryCheck.Check(region.Steps) < (long)services.Options.EntriesPerCheck * hot.Code.Loops[hot.Loop].Cost;

    /// <summary>
    /// Handles a region whose entries end within an iteration. While the next version is being compiled, the interpreter executes the loop.
    /// A version that will be compiled again stays. Any other version is dropped.
    /// </summary>
    private void OnExitsWithinIteration(HotRegion hot, CompiledState installed)
    {
        if (hot.State is GrowingState)
        {
            hot.SetHeat(services.ThresholdOf(hot));
        }
        else if (installed.RecompileAt is null)
        {
            drops.DropLoop(hot, "exits within an iteration");
        }
    }

    private void OnAbandoned(HotRegion hot, Region region)
    {
        region.Data.CallOutCheck.Begin();
        services.Counters.Deoptimizations++;
        if (ReferenceEquals(hot.Installed?.Region, region) && !recordings.IsActive && services.Options.Stress is not StressPlan)
        {
            drops.DropLoop(hot, "needs the interpreter too often");
        }
    }
}
