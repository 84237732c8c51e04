using System;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Decides which exits are hot, and responds to them with a side recording or with a version without a failed speculation.
/// </summary>
internal sealed class ExitPolicy(TierServices services, RecordingCoordinator recordings, CompilationCoordinator compilations)
{
    /// <summary>If the region will be compiled again anyway, an exit is hot after this part of its threshold.</summary>
    private const int CompanionShare = 4;

    /// <summary>If the region will be compiled again anyway, an exit is recorded this many times as often.</summary>
    private const int CompanionRecordings = 2;

    /// <summary>
    /// If the region will be compiled again anyway, no more exits are recorded after this many recordings. Where hundreds of exits are
    /// equally frequent, as in a long chain of branches, the others are recorded from the next version, which exits less often.
    /// </summary>
    private const int MaxRecordings = 48;

    /// <summary>The recordings from the exit of a large switch without news after which the next version is compiled.</summary>
    private const int MaxFruitless = 16;

    /// <summary>The most recordings from the exits of large switches before the next version is compiled.</summary>
    private const int MaxDispatchRecordings = 512;

    /// <summary>Whether an exit is hot.</summary>
    /// <param name="hot">The loop or proc.</param>
    /// <param name="guard">The guard of its region.</param>
    /// <param name="exits">Exits through the guard, by weight.</param>
    public bool IsHot(HotRegion hot, RegionGuard guard, long exits)
    {
        if (guard.IsLimit || hot.State is not CompiledState installed)
        {
            return false;
        }

        // The next version, which may have to wait until the compiler takes more profiles, is without the failed speculation.
        bool isCompanion = installed.RecompileAt is not null;
        if (isCompanion && guard.HasFailed)
        {
            return false;
        }

        if (isCompanion && installed.Recordings >= MaxRecordings && guard.Speculations.Length == 0 && !guard.IsDispatch)
        {
            return false;
        }

        long threshold = isCompanion && !guard.IsDispatch ? guard.NextRecording / CompanionShare : guard.NextRecording;
        return exits >= threshold && installed.Region.Version + installed.FailedGrowths < services.Options.MaxVersions;
    }

    /// <summary>Records from a hot exit, whose frames are restored, or compiles again without its failed speculation.</summary>
    /// <param name="hot">The loop or proc.</param>
    /// <param name="installed">Its version.</param>
    /// <param name="guard">The guard.</param>
    /// <param name="rootFrame">The frame of the region's root.</param>
    public void OnHotExit(HotRegion hot, CompiledState installed, RegionGuard guard, int rootFrame)
    {
        if (guard.Speculations.Length > 0)
        {
            OnFailedSpeculation(hot, guard);
            return;
        }

        recordings.Stop();
        if (!ReferenceEquals(hot.State, installed))
        {
            return;
        }

        // If the region will be compiled again anyway, its hot exits are recorded several times, which costs little compared with a
        // version.
        Region region = installed.Region;
        installed.Recordings++;
        if (guard.IsDispatch)
        {
            PostponeDispatch(installed, guard);
        }
        else
        {
            guard.NextRecording += installed.RecompileAt is null
                ? guard.NextRecording
                : Math.Max(1, services.HotExits(region) / CompanionRecordings);
        }

        recordings.RecordExit(hot, guard, rootFrame, region.Data.States[guard.State].Frames);
    }

    /// <summary>
    /// The exit of a large switch stands for many targets. As long as each recording from it finds one more, the next exit is recorded,
    /// too: a version for each few of them would take more time. After the first that finds none, the others are recorded ever more
    /// seldom, and after some, the next version is compiled.
    /// </summary>
    private static void PostponeDispatch(CompiledState installed, RegionGuard guard)
    {
        int known = installed.Profile.Instructions;
        guard.Fruitless = known > guard.KnownInstructions ? 0 : guard.Fruitless + 1;
        guard.KnownInstructions = known;
        long pause = 1L << (guard.Fruitless < MaxFruitless ? guard.Fruitless / 4 : Math.Min(guard.Fruitless, 30));
        guard.NextRecording = Math.Max(guard.Exits, guard.Weight) + pause;
        if (installed.RecompileAt is { } planned)
        {
            bool isLearning = guard.Fruitless < MaxFruitless && installed.Recordings < MaxDispatchRecordings;
            installed.RecompileAt = isLearning ? Math.Max(planned, installed.Exits + pause + 1) : Math.Min(planned, installed.Exits + 1);
        }
    }

    /// <summary>
    /// Compiles again without a failed speculation. A recording would change nothing: a speculation is about the order of two numbers,
    /// which no profile contains.
    /// </summary>
    private void OnFailedSpeculation(HotRegion hot, RegionGuard guard)
    {
        foreach (InstructionProfile profile in guard.Speculations)
        {
            profile.FailedSpeculations++;
        }

        guard.HasFailed = true;
        hot.State.Profile!.FailedSpeculations++;
        compilations.Compile(hot);
    }
}
