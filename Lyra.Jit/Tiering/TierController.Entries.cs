using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Tiering;

/// <content>Procs that are compiled as such: how they are entered and left, and who calls whom.</content>
internal sealed partial class TierController
{
    /// <summary>
    /// Exits, counted by weight, after which a proc must have shown that its compiled code is worth it: this many times as many as make one of them hot.
    /// </summary>
    private const int TrialExits = 8;

    /// <summary>Calls in compiled code that one exit must come with at least: rebuilding frames costs as much as interpreting some calls.</summary>
    private const int CallsPerExit = 20;

    /// <summary>
    /// Steps that a call from the interpreter must take at least in compiled code. Measured: going in and out costs 120 ns more than an interpreted call, a
    /// compiled step wins 4 to 6 ns.
    /// </summary>
    private const int StepsPerEntry = 24;

    /// <summary>Frames that cost as much to rebuild as the exit itself.</summary>
    private const int FramesPerExit = 8;

    /// <summary>Calls with arguments of other representations after which one of them is recorded; twice as many for each time.</summary>
    private const int TrialMismatches = 32;

    /// <summary>
    /// As <see cref="OnHotCall()"/>, where the proc may be compiled: then it is called in place of the frame.
    /// </summary>
    /// <param name="result">What it gave.</param>
    /// <returns>Whether it has returned, so that the running frame is to be popped; otherwise the running frame, whichever it is now, goes on.</returns>
    public bool OnHotCall(ref Value result)
    {
        LinkedPrototype code = _frames.ClosureOf(_frames.Top).Code;
        if (code.Entry is not HotRegion hot || !IsOn || _recorder.IsWatching)
        {
            OnHotCall();
            return false;
        }

        if (hot.Pending is { IsDone: true })
        {
            InstallPending(hot);
        }

        return hot.Region is { } region && _frames.Context.FramesLeft() >= EntryCodes.Reserve && EnterProc(hot, region, ref result);
    }

    private bool EnterProc(HotRegion hot, Region region, ref Value result)
    {
        EntryCell cell = hot.Cell!;
        long before = OpenSteps;
        ProcOutcome outcome = RegionRuntime.EnterProc(cell, region.Data, ref result);
        if (outcome == ProcOutcome.Mismatch)
        {
            OnMismatch(hot, region);
            return false;
        }

        region.Entries++;
        CreditSteps(region, before);
        Counters.Entries++;
        if (outcome == ProcOutcome.Unwound)
        {
            OnUnwound();
        }
        else if (region.Entries % _options.ProbationEntries == 0)
        {
            Probe(hot, region);
        }

        return outcome == ProcOutcome.Returned;
    }

    /// <summary>
    /// Looks whether the interpreter's calls of a proc are worth the way into compiled code. Where not, it executes the next ones itself; compiled code
    /// calls the proc directly all the same.
    /// </summary>
    private void Probe(HotRegion hot, Region region)
    {
        long steps = region.Steps - region.ProbationSteps;
        region.ProbationSteps = region.Steps;
        if (ReferenceEquals(hot.Region, region) && steps + ((long)_options.ProbationEntries * hot.Code.EntryCost) < (long)_options.ProbationEntries * StepsPerEntry)
        {
            Rest(hot, _options.ProbationEntries);
        }
    }

    /// <summary>Leaves the calls of a proc to the interpreter for a while, which is twice as long each time.</summary>
    private void Rest(HotRegion hot, int calls)
    {
        hot.Rests = Math.Min(hot.Rests + 1, _options.MaxDoublings);
        hot.Code.SetHeat((long)calls << hot.Rests);
    }

    /// <summary>
    /// Whether a proc takes so few steps whenever it is called that the interpreter had better not enter it. It is compiled in line, or when a region
    /// asks for it.
    /// </summary>
    private static bool IsNotWorthEntering(LinkedPrototype code)
    {
        if (code.EntryCost >= StepsPerEntry || code.Loops.Length > 0)
        {
            return false;
        }

        foreach (Instruction i in code.Prototype.Code)
        {
            if (i.Op is Opcode.Call or Opcode.CallProc or Opcode.CallMethod or Opcode.CallEx)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A call whose arguments do not fit is interpreted. When there are many, what they are is recorded.</summary>
    private void OnMismatch(HotRegion hot, Region region)
    {
        if (++region.Mismatches < (long)TrialMismatches << region.Version || _recorder.IsActive || hot.Version + hot.FailedGrowths >= _options.MaxVersions || hot.Pending is not null)
        {
            return;
        }

        region.Mismatches = 0;
        hot.Passes = _options.Recording.MaxCalls - 1;
        Record(hot, RegionKind.Entry);
    }

    /// <summary>A compiled proc was left early, and with it all that called it; the frames are the interpreter's.</summary>
    private void OnUnwound()
    {
        Unwinding unwinding = Compiler!.Unwinding;
        Counters.Deoptimizations++;
        if (unwinding.Region is not { } region)
        {
            return;
        }

        RegionGuard guard = region.Guards[unwinding.Guard];
        guard.Exits++;
        Observer?.Invoke(new TierEvent(TierEventKind.Deoptimized, guard.Code, guard.Pc, guard.Description));
        HotRegion hot = Compiler.Entries.Of(region.Profile.Root.Code);
        if (!ReferenceEquals(hot.Region, region) || _recorder.IsWatching)
        {
            return;
        }

        int weight = 1 + (unwinding.Depth / FramesPerExit);
        guard.Weight += weight;
        region.ExitWeight += weight;
        hot.Exits += weight;
        if (hot.Exits >= hot.CompileAt && hot.Pending is null)
        {
            Compile(hot);
        }
        else if (IsToBeRecorded(hot, guard))
        {
            ExitState state = region.Data.States[guard.State];
            RecordExit(hot, region, guard, _frames.Top - (state.Frames.Length - 1));
        }
        else if (hot.Pending is null && region.ExitWeight >= (long)TrialExits * _options.HotExit && !IsWorthIt(region))
        {
            DropProc(hot);
        }
    }

    /// <summary>
    /// Whether an exit is hot, and a recording from it may bring anything: what ends where there is no more room ends there in every version.
    /// </summary>
    private bool IsToBeRecorded(HotRegion hot, RegionGuard guard) =>
        !guard.IsLimit && guard.Description != nameof(IrOp.CheckRoom) && IsHot(guard.Weight, guard, hot);

    /// <summary>Whether compiled code did enough since the last look; begins the next trial.</summary>
    private bool IsWorthIt(Region region)
    {
        long calls = (Counters.CompiledSteps - region.TrialStart) / Math.Max(1, region.Profile.Root.Code.EntryCost);
        bool isWorthIt = calls >= region.ExitWeight * CallsPerExit;
        region.TrialStart = Counters.CompiledSteps;
        region.ExitWeight = 0;
        return isWorthIt;
    }

    /// <summary>From here on a proc's code is to be found in the cell.</summary>
    private static void Publish(HotRegion hot, EntryCell cell)
    {
        if (!hot.Cells.Contains(cell))
        {
            hot.Cells.Add(cell);
        }

        hot.Cell = cell;
    }

    /// <summary>Whether the code of a proc that a region calls was given up while that was compiled, so that each of its calls would leave.</summary>
    private bool CallsDropped(Region region)
    {
        foreach (EntryCell called in region.Calls)
        {
            if (Compiler!.Entries.Find(called.Code) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>After a region was installed: its code can be called, those that wait for it are compiled, and it is known who calls whom.</summary>
    private void Connect(HotRegion hot, Region region)
    {
        foreach (EntryCell called in region.Calls)
        {
            if (!called.Callers.Contains(hot))
            {
                called.Callers.Add(hot);
            }
        }

        if (region.Cell is not { } cell)
        {
            return;
        }

        region.TrialStart = Counters.CompiledSteps;
        cell.Entry = region.Entry!;
        Publish(hot, cell);
        hot.Code.Entry = hot;
        CompileWaiting(hot);
    }

    /// <summary>A region waits for a proc that it calls; not for ever, because the proc may never be called again.</summary>
    private void Wait(HotRegion hot, in CompileResult result)
    {
        if (hot.Region is null && result.Cell is { } cell)
        {
            Publish(hot, cell);
        }

        HotRegion callee = Compiler!.Entries.Of(result.Callee!);
        if (callee.Cell is not null || callee.Failures > 0)
        {
            // Compiled, or found not to be compilable, since it was asked for.
            Compile(hot);
            return;
        }

        callee.WasPostponed = true;
        if (callee.Code.Heat > 0)
        {
            callee.Code.SetHeat(0);
        }

        callee.Waiting.Add(hot);
        hot.IsWaiting = true;
        Report(TierEventKind.Hot, callee, $"called by {hot.Code.Prototype.Name}: {result.Detail}");
        if (hot.Region is null)
        {
            SetHeat(hot, Threshold(hot));
        }
    }

    private void CompileWaiting(HotRegion callee)
    {
        List<HotRegion> waiting = callee.Waiting.Living();
        callee.Waiting.Clear();
        foreach (HotRegion hot in waiting)
        {
            if (hot.IsWaiting && hot.Profile is not null)
            {
                Compile(hot);
            }
        }
    }

    /// <summary>Does without the compiled code of a proc, and of all that would leave at each call of it.</summary>
    private void DropProc(HotRegion hot)
    {
        Report(TierEventKind.Blacklisted, hot, "left too often");
        List<HotRegion> dropped = [hot];
        for (int i = 0; i < dropped.Count; i++)
        {
            foreach (EntryCell cell in dropped[i].Cells)
            {
                cell.Entry = cell.Leaving;
                foreach (HotRegion caller in cell.Callers.Living())
                {
                    if (caller.Region is not null && !dropped.Contains(caller))
                    {
                        dropped.Add(caller);
                    }
                }

                cell.Callers.Clear();
            }
        }

        foreach (HotRegion region in dropped)
        {
            Retire(region, isFailure: ReferenceEquals(region, hot));
        }
    }

    private void Retire(HotRegion hot, bool isFailure)
    {
        Counters.Retire(hot.Region!);
        if (hot.Loop < 0)
        {
            hot.Code.Entry = null;
        }
        else
        {
            hot.Code.Loops[hot.Loop].Region = null;
        }

        if (isFailure)
        {
            PutOff(hot, AbortReason.None, DropWeight);
            return;
        }

        hot.Forget();
        SetHeat(hot, Threshold(hot));
    }
}
