using System;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>
/// A loop or proc that was hot at least once: its place, its state, and the history that outlives the states. Each transition of the state
/// is one method. A transition that <see cref="TierTransitions"/> does not list is an error.
/// </summary>
/// <param name="kind">Whether it is a loop or a proc.</param>
/// <param name="code">The prototype.</param>
/// <param name="loop">The loop's index; <see cref="LoopMap.None"/> for a proc.</param>
/// <param name="rootPc">The instruction that is executed first.</param>
internal sealed class HotRegion(RegionKind kind, LinkedPrototype code, int loop, int rootPc) : ProcEntry
{
    /// <summary>Whether transitions are checked, as in all tests.</summary>
    private static readonly bool IsChecked = EngineDefaults.ChecksCompiler;

    /// <summary>The count to which its compilation was delayed; 0 if it was not.</summary>
    private long _delayedTo;

    /// <summary>Whether it is a proc as a whole.</summary>
    public bool IsProc { get; } = kind == RegionKind.Entry;

    public LinkedPrototype Code { get; } = code;

    /// <summary>The loop's index; <see cref="LoopMap.None"/> for a proc.</summary>
    public int Loop { get; } = loop;

    /// <summary>The instruction that is executed first.</summary>
    public int RootPc { get; } = rootPc;

    /// <summary>The state. The compiler reads it on another thread.</summary>
    public TierState State { get; private set; } = EmptyState.Cold;

    /// <summary>The version that can be entered; null when there is none.</summary>
    public CompiledState? Installed => State.Installed;

    /// <summary>The version that can be entered while no further one is being compiled; null when there is none.</summary>
    public CompiledState? Stable { get; private set; }

    /// <summary>The region of <see cref="Stable"/> if it is that of a proc and self-contained; otherwise null.</summary>
    public Region? SelfContained { get; private set; }

    /// <summary>Whether its compilation waits for a callee.</summary>
    public bool IsWaitingForCallee => State is { Kind: TierStateKind.Waiting } or CompiledState { IsWaitingForCallee: true };

    /// <summary>Delays the next attempt to record and compile it.</summary>
    public Backoff Attempts { get; } = new();

    /// <summary>Of a proc: delays the next entry from the interpreter, after entries that did not pay.</summary>
    public Backoff Entries { get; } = new();

    /// <summary>Recordings that became too long; those after them observe less: see <see cref="Recording.RecordingReach"/>.</summary>
    public int LongRecordings { get; private set; }

    /// <summary>Recordings of which the region was too large; those after them observe less.</summary>
    public int LargeRecordings { get; private set; }

    /// <summary>Whether it is recorded, and will be compiled when it has been interpreted longer.</summary>
    public bool IsDelayed => _delayedTo > 0 && State.Kind == TierStateKind.Recorded;

    /// <summary>
    /// Whether it has been interpreted as long as its compilation was delayed: see <see cref="TierOptions.PaybackSteps"/>. It may be hot
    /// before that: see <see cref="LinkedPrototype.NoteIndirectCall"/>.
    /// </summary>
    public bool HasPaid => _delayedTo > 0 && Count >= _delayedTo;

    /// <summary>Of a proc: whether it has already waited for a loop around its calls to become hot.</summary>
    public bool WasPostponed { get; set; }

    /// <summary>Whether <see cref="CodeSpace"/> counts its profile.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Of a proc: how compiled code calls it.</summary>
    public ProcLinks Links { get; } = new();

    /// <inheritdoc/>
    public override EntryCell? Cell => Links.Cell;

    /// <summary>True when the installed version has the code with which it was installed, and its cell calls that code.</summary>
    public bool IsIntact => Installed is not { Region: var region }
        || (region.Seal == RegionSeal.Of(region) && (region.Cell is not { } cell || ReferenceEquals(cell.Entry, region.Entry)));

    /// <summary>Back-edges or calls so far.</summary>
    public long Count => IsProc ? Code.CallCount : Code.Loops[Loop].Count;

    /// <summary>Sets the number of back-edges or calls until the interpreter calls the tier controller again.</summary>
    public void SetHeat(long heat)
    {
        if (IsProc)
        {
            Code.SetHeat(heat);
            return;
        }

        Code.Loops[Loop].SetHeat(heat);
    }

    /// <summary>Lets the interpreter execute it for more back-edges or calls before it is compiled.</summary>
    public void Delay(long count)
    {
        _delayedTo = Count + count;
        SetHeat(count);
    }

    /// <summary>Starts a recording.</summary>
    /// <returns>The profile that it adds to.</returns>
    public RegionProfile BeginRecording()
    {
        ProfiledState next = State is ProfiledState known
            ? known.As(TierStateKind.Recording)
            : new ProfiledState(TierStateKind.Recording, new RegionProfile(kind, Code, Loop, RootPc), 0);
        MoveTo(TierTrigger.BeginRecording, next);
        return next.Profile;
    }

    /// <summary>Ends a recording whose profile is usable.</summary>
    /// <param name="iterations">Iterations or calls in the profile now.</param>
    public void EndRecording(int iterations) => MoveTo(
        TierTrigger.EndRecording,
        State.Profile is { } profile ? new ProfiledState(TierStateKind.Recorded, profile, iterations) : null);

    /// <summary>Passes the profile to the compiler.</summary>
    public void StartCompiling(CompileJob job)
    {
        MoveTo(TierTrigger.StartCompiling, State switch
        {
            ProfiledState recorded => new CompilingState(recorded, job),
            CompiledState installed => new GrowingState(installed, job),
            _ => null,
        });
        if (Installed is { } growing)
        {
            growing.IsWaitingForCallee = false;
        }
    }

    /// <summary>Installs a region that the compiler returned. The next entry uses it.</summary>
    /// <param name="region">The region.</param>
    /// <param name="recompileAt">See <see cref="CompiledState.RecompileAt"/>.</param>
    public void Install(Region region, long? recompileAt)
    {
        region.Seal = RegionSeal.Of(region);
        MoveTo(
            TierTrigger.Install,
            new CompiledState(region) { RecompileAt = recompileAt, FailedGrowths = Installed?.FailedGrowths ?? 0 });
    }

    /// <summary>Discards the result of the compiler.</summary>
    public void DiscardResult() => MoveTo(TierTrigger.DiscardResult, StateBeforeCompiling(TierStateKind.Recorded));

    /// <summary>Makes the compilation wait for a callee.</summary>
    public void WaitForCallee()
    {
        MoveTo(TierTrigger.WaitForCallee, StateBeforeCompiling(TierStateKind.Waiting));
        if (Installed is { } installed)
        {
            installed.IsWaitingForCallee = true;
        }
    }

    /// <summary>Records that a recording or the compilation of a first version failed.</summary>
    public void Fail(AbortReason reason)
    {
        MoveTo(TierTrigger.Fail, EmptyState.Penalized);
        Links.Withdraw();
        Attempts.Add();
        LongRecordings += reason == AbortReason.TooLong ? 1 : 0;
        LargeRecordings += reason == AbortReason.TooLarge ? 1 : 0;
    }

    /// <summary>Records that the compilation of a further version failed.</summary>
    public void FailGrowth()
    {
        MoveTo(TierTrigger.Fail, Installed);
        Installed!.FailedGrowths++;
    }

    /// <summary>Drops the region because it did not pay.</summary>
    /// <param name="weight">The number of failures that it counts as.</param>
    public void Drop(int weight)
    {
        MoveTo(TierTrigger.Drop, EmptyState.Penalized);
        Links.Withdraw();
        Attempts.Add(weight);
    }

    /// <summary>Retires the region because it calls a proc that was dropped.</summary>
    public void Retire()
    {
        MoveTo(TierTrigger.Retire, EmptyState.Cold);
        Links.Withdraw();
    }

    /// <param name="kind">The state when no version is installed.</param>
    private TierState? StateBeforeCompiling(TierStateKind kind) =>
        State is CompilingState compiling ? compiling.Recorded.As(kind) : Installed;

    /// <param name="trigger">The cause.</param>
    /// <param name="next">The next state; null when the current one lacks the data for it.</param>
    private void MoveTo(TierTrigger trigger, TierState? next)
    {
        if (next is null || (IsChecked && !TierTransitions.Contains(State.Kind, trigger, next.Kind)))
        {
            throw new InvalidOperationException($"A region in state {State.Kind} has no transition for the trigger {trigger}.");
        }

        State = next;
        Stable = next.Job is null ? next.Installed : null;
        SelfContained = Stable is { Region: { Entry: not null, Data.IsSelfContained: true } region } ? region : null;
    }
}
