using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Tiering;

/// <summary>Enters the regions of procs from the interpreter, and handles their exits.</summary>
internal sealed class ProcEntries(
    TierServices services,
    RecordingCoordinator recordings,
    CompilationCoordinator compilations,
    ExitPolicy exits,
    RegionDrops drops,
    StepAccounting accounting)
{
    /// <summary>
    /// The fewest steps that a call from the interpreter must take in compiled code. As measured, entering and returning costs 120 ns more
    /// than an interpreted call, and a compiled step saves 4 to 6 ns.
    /// </summary>
    private const int StepsPerEntry = 24;

    /// <summary>The number of frames that cost as much to rebuild as the exit itself.</summary>
    private const int FramesPerExit = 8;

    /// <summary>
    /// Calls with arguments of other representations after which such a call is recorded; the number doubles with each version.
    /// </summary>
    private const int HotMismatches = 32;

    /// <summary>Those of the services, which calls of the host reach in fewer loads here.</summary>
    private readonly TierCounters _counters = services.Counters;

    /// <summary>Calls a compiled proc in place of the running frame.</summary>
    /// <param name="hot">The proc.</param>
    /// <param name="call">The frame and its surroundings.</param>
    /// <param name="result">The result of the call, if it has returned.</param>
    public ProcStep TryEnter(HotRegion hot, in ProcCall call, ref Value result)
    {
        CompiledState? installed = hot.Stable ?? InstallIfDone(hot);
        return installed is not null && call.FramesLeft >= 0 ? Enter(hot, installed.Region, call, ref result) : ProcStep.Continue;
    }

    /// <summary>
    /// Whether a proc takes so few steps in each call that the interpreter should not enter it. It is inlined, or compiled when a region
    /// needs it.
    /// </summary>
    public static bool IsTooSmallToEnter(LinkedPrototype code)
    {
        if (code.EntryCost >= StepsPerEntry || code.Loops.Length > 0)
        {
            return false;
        }

        foreach (Instruction i in code.Prototype.Code)
        {
            if (OpcodeInfo.Of(i.Op).Has(OpTraits.Calls))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lets the interpreter execute the next calls of a proc: twice as many each time.</summary>
    public void BackOff(HotRegion hot, int calls)
    {
        hot.Entries.Add();
        hot.SetHeat(hot.Entries.Delay(calls, services.Options.MaxDoublings));
    }

    /// <summary>
    /// Calls <see cref="HotRegion.SelfContained"/> as the outermost run: the proc has no frame in the interpreter's stacks. Only its
    /// arguments are in the registers.
    /// </summary>
    /// <returns>
    /// <see cref="ProcOutcome.Returned"/>; otherwise the frame must be pushed, and <see cref="OnFrameless"/> be called.
    /// </returns>
    public ProcOutcome CallSelfContained(Region region, in ProcCall call, ref Value result)
    {
        long before = call.Context.Regions.CompiledSteps;
        ProcOutcome outcome = RegionRuntime.EnterSelfContained(region.Cell!, region.Data, call, ref result);
        long steps = call.Context.Regions.CompiledSteps - before;
        if (steps != 0)
        {
            accounting.Add(region, steps);
        }

        if (outcome == ProcOutcome.Returned)
        {
            region.Entries++;
            _counters.Entries++;
            _counters.EntrySteps += call.Closure.Code.EntryCost;
        }

        return outcome;
    }

    /// <summary>
    /// Called when the frame of <see cref="CallSelfContained"/> was pushed, because the proc has not returned. The interpreter continues in
    /// the running frame.
    /// </summary>
    public void OnFrameless(HotRegion hot, Region region, ProcOutcome outcome)
    {
        if (outcome == ProcOutcome.Mismatch)
        {
            OnMismatch(hot, region);
            return;
        }

        region.Data.Unwinding.BuildFrames(services.Frames);
        region.Entries++;
        services.Counters.Entries++;
        OnUnwound();
    }

    /// <summary>
    /// Called when a compiled proc exited, and all its compiled callers with it. The frames are in the interpreter's stacks.
    /// </summary>
    public void OnUnwound()
    {
        Unwinding unwinding = services.Compiler.Unwinding;
        if (unwinding.Region is not { } region)
        {
            services.Counters.Deoptimizations++;
            return;
        }

        RegionGuard guard = region.Guards[unwinding.Guard];
        services.Log.Exited(guard, isEnd: false);
        HotRegion hot = EntryTable.Of(region.Profile.Root.Code);
        if (hot.Installed is not { } installed || !ReferenceEquals(installed.Region, region) || recordings.IsWatching)
        {
            return;
        }

        int weight = 1 + (unwinding.Depth / FramesPerExit);
        guard.Weight += weight;
        region.ExitCheck.Add(weight);
        installed.Exits += weight;
        if (hot.State is GrowingState)
        {
            // Compiled callers do not notice that the next version is ready.
            compilations.InstallNextVersionIfDone(hot);
        }
        else if (hot.State is CompiledState)
        {
            OnExit(hot, installed, guard);
        }
    }

    /// <summary>Drops the proc region that has ended because it calls the interpreter too often, if one has.</summary>
    public void DropAbandoned()
    {
        if (services.Compiler.Unwinding is not { Abandoned: { } region } unwinding)
        {
            return;
        }

        unwinding.Abandoned = null;
        region.Data.CallOutCheck.Begin();
        services.Counters.Deoptimizations++;
        HotRegion hot = EntryTable.Of(region.Profile.Root.Code);
        if (ReferenceEquals(hot.Installed?.Region, region) && !recordings.IsActive && services.Options.Stress is not StressPlan)
        {
            drops.DropProc(hot, "needs the interpreter too often");
        }
    }

    private void OnExit(HotRegion hot, CompiledState installed, RegionGuard guard)
    {
        Region region = installed.Region;
        if (installed.Exits >= installed.RecompileAt)
        {
            compilations.Compile(hot);
        }
        else if (exits.IsHot(hot, guard, guard.Weight))
        {
            int inlined = region.Data.States[guard.State].Frames.Length - 1;
            exits.OnHotExit(hot, installed, guard, services.Frames.Top - inlined);
        }
        else if (region.ExitCheck.IsDue(services.HotExits(region))
            && !region.ExitCheck.Check(services.Counters.CompiledSteps, hot.Code.EntryCost))
        {
            drops.DropProc(hot, "exits too often");
        }
    }

    private CompiledState? InstallIfDone(HotRegion hot)
    {
        if (hot.State.Job is { IsDone: true } job)
        {
            compilations.InstallIfDone(hot, job);
        }

        return hot.Installed;
    }

    private ProcStep Enter(HotRegion hot, Region region, in ProcCall call, ref Value result)
    {
        long before = accounting.Open;
        ProcOutcome outcome = RegionRuntime.EnterProc(hot.Links.Cell!, region.Data, call, ref result);
        if (outcome == ProcOutcome.Mismatch)
        {
            OnMismatch(hot, region);
            return ProcStep.Continue;
        }

        region.Entries++;
        accounting.Attribute(region, before);
        services.Counters.Entries++;
        if (outcome == ProcOutcome.Unwound)
        {
            OnUnwound();
            return ProcStep.Continue;
        }

        if (outcome == ProcOutcome.Raised)
        {
            DropAbandoned();
            return ProcStep.Finish;
        }

        services.Counters.EntrySteps += hot.Code.EntryCost;
        if (!hot.Code.IsCalledByHost && region.Entries % services.Options.EntriesPerCheck == 0)
        {
            CheckEntries(hot, region);
        }

        return ProcStep.Return;
    }

    /// <summary>Lets the interpreter execute the next calls itself when entering compiled code costs more than it saves.</summary>
    private void CheckEntries(HotRegion hot, Region region)
    {
        int entries = services.Options.EntriesPerCheck;
        long steps = region.EntryCheck.Check(region.Steps) + ((long)entries * hot.Code.EntryCost);
        if (steps < (long)entries * StepsPerEntry && ReferenceEquals(hot.Installed?.Region, region))
        {
            BackOff(hot, entries);
        }
    }

    /// <summary>
    /// Handles a call whose arguments have other representations: the interpreter executes it. If there are many, one is recorded.
    /// </summary>
    private void OnMismatch(HotRegion hot, Region region)
    {
        if (++region.Mismatches < (long)HotMismatches << region.Version
            || recordings.IsActive
            || hot.State is not CompiledState installed
            || installed.Region.Version + installed.FailedGrowths >= services.Options.MaxVersions)
        {
            return;
        }

        region.Mismatches = 0;
        recordings.RecordMismatch(hot);
    }
}
