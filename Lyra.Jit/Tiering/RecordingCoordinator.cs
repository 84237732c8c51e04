using System;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>Begins recordings, and decides what happens to the profile when one ends. At most one recording runs in an engine.</summary>
internal sealed class RecordingCoordinator
{
    /// <summary>What the interpreter's call for compiled code takes beside the steps of the proc, in interpreted steps.</summary>
    private const int CallOutSteps = 100;

    /// <summary>A preempted recording begins again after this part of the threshold.</summary>
    private const int PreemptedShare = 4;

    /// <summary>
    /// A loop or proc may become hot when recording it is of no use. It becomes hot again after this many times its threshold.
    /// </summary>
    private const int RefusedThresholds = 4;

    private readonly TierServices _services;
    private readonly Recorder _recorder;

    /// <summary>The loop or proc of the running recording.</summary>
    private HotRegion? _target;

    public RecordingCoordinator(IRecordingHost host, TierServices services)
    {
        _services = services;
        _recorder = new Recorder(
            host, services.Options.Limits, services.Options.Recording, static code => PrototypeTier.Of(code).Loops, Finish);
    }

    /// <summary>Compiles the recorded profiles.</summary>
    public CompilationCoordinator Compilations { get; set; } = null!;

    /// <inheritdoc cref="Recorder.IsActive"/>
    public bool IsActive => _recorder.IsActive;

    /// <inheritdoc cref="Recorder.IsWatching"/>
    public bool IsWatching => _recorder.IsWatching;

    /// <summary>Whether a recording for a region runs.</summary>
    public bool IsRecording(HotRegion hot) => ReferenceEquals(_target, hot);

    /// <summary>Records a loop or proc without a region, which is hot. Ends a recording that waits for a callee of its own.</summary>
    public void RecordIfPossible(HotRegion hot)
    {
        AbortReason? refusal = Compilations.IsQueueFull ? AbortReason.QueueFull
            : _services.Space.TryAdd(hot) ? null
            : AbortReason.CodeLimit;
        if (refusal is { } reason)
        {
            _services.Log.Aborted(hot, reason, string.Empty);
            hot.SetHeat((long)RefusedThresholds * _services.ThresholdOf(hot));
            return;
        }

        if (TryPreempt(hot))
        {
            _target = hot;
            RegionProfile profile = hot.BeginRecording();
            _services.Log.RecordingBegins(hot, null);
            _recorder.Begin(profile, ReachOf(hot));
        }
    }

    /// <summary>Records a call of a compiled proc whose arguments have other representations than its region expects.</summary>
    public void RecordMismatch(HotRegion hot)
    {
        _target = hot;
        _services.Log.RecordingBegins(hot, null);
        _recorder.Begin(hot.State.Profile!, ReachOf(hot));
    }

    /// <summary>Records from an exit on, whose frames are restored.</summary>
    /// <param name="hot">The loop or proc.</param>
    /// <param name="exit">The guard.</param>
    /// <param name="rootFrame">The frame of the region's root.</param>
    /// <param name="frames">The frames that the exit restored.</param>
    public void RecordExit(HotRegion hot, RegionGuard exit, int rootFrame, ExitFrame[] frames)
    {
        _target = hot;
        _services.Log.RecordingBegins(hot, exit);
        _recorder.BeginSide(hot.State.Profile!, rootFrame, frames, ReachOf(hot));
    }

    /// <summary>
    /// Ends a recording that waits for a callee. The callee may run as long as the program, for example in a recursive proc, and hot code
    /// there would have to wait that long.
    /// </summary>
    public void Stop()
    {
        if (_recorder.IsActive)
        {
            Finish(_recorder.Stop(AbortReason.Preempted));
        }
    }

    /// <summary>Drops the running recording.</summary>
    public void Abandon()
    {
        if (_recorder.IsActive)
        {
            _recorder.Stop(AbortReason.CompilerFault);
            _target = null;
        }
    }

    /// <inheritdoc cref="Recorder.OnBackEdge"/>
    public void OnBackEdge() => _recorder.OnBackEdge();

    private RecordingReach ReachOf(HotRegion hot) => _services.Options.Reach.After(hot.LongRecordings, hot.LargeRecordings);

    /// <summary>
    /// Ends the recording that waits for a callee, because code in the callee is hot. Not if the hot loop or proc has failed before.
    /// </summary>
    /// <returns>
    /// Whether a recording can begin: none is running, and the one that ended did not produce a region of the same loop or proc.
    /// </returns>
    private bool TryPreempt(HotRegion hot)
    {
        if (!_recorder.IsActive)
        {
            return true;
        }

        if (_recorder.SpansCalls)
        {
            // It ends after a limited number of calls.
            return false;
        }

        if (IsRecording(hot) && hot.IsProc)
        {
            // A recursive proc is called so often within the recorded call that this call is ended early. The profile keeps the
            // observations.
            _recorder.Stop(AbortReason.Preempted);
            return true;
        }

        if (hot.Attempts.Failures > 0)
        {
            return false;
        }

        Stop();
        return hot.State is { Installed: null, Job: null };
    }

    /// <summary>Processes the profile of a recording that has ended.</summary>
    private void Finish(RecordingEnd end)
    {
        HotRegion hot = _target!;
        _target = null;
        if (!ReferenceEquals(hot.State.Profile, end.Profile))
        {
            // The region and its profile were dropped while the recording ran.
            return;
        }

        if (end.IsSide)
        {
            FinishSide(hot, end);
        }
        else if (hot.State is ProfiledState recording)
        {
            FinishFirst(hot, recording, end);
        }
        else
        {
            FinishMismatch(hot, end);
        }
    }

    private void FinishFirst(HotRegion hot, ProfiledState recording, RecordingEnd end)
    {
        bool isCallLong = end.Failure == AbortReason.TooLong && hot.IsProc && recording.Iterations > 0;
        if (end.Failure is { } reason && !isCallLong)
        {
            Abort(hot, recording, reason, end.Where);
            return;
        }

        // If a call is too long, the next one would not be shorter. Shorter calls, and this one so far, are enough for a first version.
        int iterations = end.Iterations + (isCallLong ? _services.Options.Recording.MaxChangingCalls : recording.Iterations);
        bool isEnough = !hot.IsProc || iterations >= CallsToRecord(end.Profile);
        if (isEnough && hot.IsProc && !end.Profile.HasReturned)
        {
            Abort(hot, recording, AbortReason.RaisedOut, end.Where);
            return;
        }

        hot.EndRecording(iterations);
        _services.Log.Recorded(hot, isSide: false);
        if (!isEnough)
        {
            hot.SetHeat(0);
            return;
        }

        if (CountToPayBack(hot, end) is { } missing)
        {
            hot.Delay(missing);
            return;
        }

        Compilations.Compile(hot);
    }

    /// <summary>
    /// The back-edges or calls for which a recorded loop or proc is still to be interpreted, because compiling it would take longer than
    /// interpreting it has; null when it is compiled now. It is recorded again after them, when the profile has seen more.
    /// </summary>
    /// <remarks>
    /// This takes at most twice the time of the better choice, whatever the program does later (the ski rental problem; Karlin, Manasse,
    /// Rudolph and Sleator: Competitive snoopy caching, Algorithmica 3, 1988).
    /// </remarks>
    private long? CountToPayBack(HotRegion hot, RecordingEnd end)
    {
        if (hot.HasPaid || hot.Links.Waiting.Count > 0)
        {
            // It has paid, or is a callee of regions that have.
            return null;
        }

        int iterations = Math.Max(1, end.Iterations);
        long taken = Math.Max(1, end.Observed) + (hot.IsProc && hot.Code.IsCalledIndirectly ? CallOutSteps * (long)iterations : 0);
        long missing = (StepsToPayBack(end.Profile.Instructions) * iterations / taken) - hot.Count;
        return missing > 0 ? missing : null;
    }

    private long StepsToPayBack(int instructions)
    {
        TierOptions options = _services.Options;
        long steps = options.PaybackBase + ((long)options.PaybackSteps * instructions);
        return steps + (steps * options.ColdFactor / (1 + _services.Counters.Compiled));
    }

    /// <summary>
    /// Calls are recorded while they change the profile, as in a proc with many branches: that is cheaper than its exits. Each call of a
    /// generator or task resumes in one of several places.
    /// </summary>
    private int CallsToRecord(RegionProfile profile)
    {
        RecordingLimits limits = _services.Options.Recording;
        LinkedPrototype code = profile.Root.Code;
        int places = code.IsResumable ? ResumePoints.Of(profile.Root).Count : 1;
        int calls = Math.Max(limits.MaxCalls, profile.LastChange + limits.MaxSideIterations);
        return Math.Min(limits.MaxChangingCalls, places * calls);
    }

    /// <summary>Handles a failed recording of a loop or proc without a region. A preempted one is repeated soon.</summary>
    private void Abort(HotRegion hot, ProfiledState recording, AbortReason reason, string where)
    {
        if (reason == AbortReason.Preempted)
        {
            hot.EndRecording(recording.Iterations);
            _services.Log.Aborted(hot, reason, where);
            hot.SetHeat(_services.ThresholdOf(hot) / PreemptedShare);
            return;
        }

        hot.Fail(reason);
        _services.Log.Aborted(hot, reason, where);
        _services.PenalizeFailure(hot);
    }

    private void FinishMismatch(HotRegion hot, RecordingEnd end)
    {
        bool isCallLong = end.Failure == AbortReason.TooLong && _services.Options.Recording.MaxCalls > 1;
        if (end.Failure is { } reason && !isCallLong)
        {
            _services.Log.Aborted(hot, reason, end.Where);
            return;
        }

        _services.Log.Recorded(hot, isSide: false);
        Compilations.Compile(hot);
    }

    private void FinishSide(HotRegion hot, RecordingEnd end)
    {
        if (!end.IsChanged)
        {
            return;
        }

        if (end.Failure is { } reason)
        {
            _services.Log.Aborted(hot, reason, end.Where);
            return;
        }

        _services.Log.Recorded(hot, isSide: true);
        CompiledState installed = hot.Installed!;
        installed.RecompileAt ??= installed.Exits + _services.HotExits(installed.Region);
    }
}
