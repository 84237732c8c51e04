using System;
using System.Collections.Generic;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Recording;

/// <summary>
/// Fills a <see cref="RegionProfile"/> by observing the interpreter. During a recording the code of the followed prototypes consists of
/// traps. At each trap the interpreter calls the recorder, which observes the registers and lets that one instruction run. A script cannot
/// observe that it is recorded.
/// <para>
/// The recorder follows the frames that the root's frame pushes by plain calls, down to a depth. Everything else runs without traps until
/// control returns: unfollowed callees, callbacks of builtins, generators, tasks that may wait, and the iterations of an inner loop after
/// the first few. At most one recording runs in an engine.
/// </para>
/// </summary>
/// <param name="host">The interpreter.</param>
/// <param name="limits">The largest sizes of regions.</param>
/// <param name="caps">The limits at which a recording ends.</param>
/// <param name="loopsOf">The loops of a prototype.</param>
/// <param name="ended">Called when an event has ended the recording.</param>
internal sealed class Recorder(
    IRecordingHost host,
    RegionLimits limits,
    RecordingLimits caps,
    Func<LinkedPrototype, LoopMap> loopsOf,
    Action<RecordingEnd> ended) : IRecordingEvents
{
    /// <summary>A proc with more than this many times the instructions that may be inlined is not followed.</summary>
    private const int FollowFactor = 8;

    /// <summary>Nested calls of one proc that are followed.</summary>
    private const int MaxActivations = 2;

    private readonly IFrameHost _stacks = host.Frames;
    private readonly TrapSet _traps = new();
    private readonly List<RecordedFrame> _frames = [];
    private RegionProfile? _profile;
    private bool _isSide;
    private bool _isChanged;

    /// <summary>Whether the running iteration has changed the profile.</summary>
    private bool _isIterationChanged;

    /// <summary>The last iteration that has changed the profile; 0 for none.</summary>
    private int _lastChangedIteration;

    private RecordingReach _reach;
    private int _instructions;

    /// <summary>The instructions of complete iterations or calls.</summary>
    private int _completed;

    /// <summary>The instructions since the last that changed the profile.</summary>
    private int _repeats;
    private int _unfollowed;
    private Release _release;

    /// <summary>The loop of <see cref="Release.Loop"/>.</summary>
    private LoopRange _releasedLoop;

    /// <summary>A loop whose heat is zero until its back-edge is taken.</summary>
    private (LinkedPrototype Code, int Loop, long Heat)? _borrowed;

    /// <summary>The code that currently runs without traps.</summary>
    private enum Release : byte
    {
        /// <summary>None.</summary>
        None,

        /// <summary>An unfollowed callee of the innermost followed frame, until it returns.</summary>
        Call,

        /// <summary>Callbacks of the instruction that the innermost followed frame executes, until that frame continues.</summary>
        Callbacks,

        /// <summary>A loop of the innermost followed frame, until it ends.</summary>
        Loop,
    }

    /// <summary>Whether a recording runs.</summary>
    public bool IsActive => _profile is not null;

    /// <summary>Iterations or calls that the last recording saw from beginning to end.</summary>
    public int Iterations { get; private set; }

    /// <summary>Whether the recorded call has returned, and the recording continues with the next call of the proc.</summary>
    private bool IsBetweenCalls => _frames.Count == 0;

    /// <summary>
    /// Whether a recording of several calls runs, as each takes another path. It ends by itself, after a number of calls that is limited.
    /// </summary>
    public bool SpansCalls => IsActive && !_isSide && Iterations > 0 && _profile!.Kind == RegionKind.Entry;

    /// <summary>How many times the usual limits apply.</summary>
    private int Factor => _profile!.HasDispatch ? caps.DispatchFactor : 1;

    /// <summary>Whether followed code is running, so that no compiled code may replace it.</summary>
    public bool IsWatching => IsActive && _release == Release.None;

    /// <summary>Begins at the running frame, which is positioned at the profile's root.</summary>
    /// <param name="profile">The profile to extend.</param>
    /// <param name="reach">How much of each iteration or call to observe.</param>
    public void Begin(RegionProfile profile, RecordingReach reach)
    {
        Start(profile, false, reach);
        Follow(_stacks.Top, profile.Root);
        if (profile.Kind == RegionKind.Entry && !profile.Root.Code.IsResumable)
        {
            ObserveHead(_frames[0], 0);
        }
    }

    /// <summary>Begins at an exit, whose frames are restored. The root's frame is <paramref name="rootFrame"/>.</summary>
    public void BeginSide(RegionProfile profile, int rootFrame, ExitFrame[] frames, RecordingReach reach)
    {
        Start(profile, true, reach);
        CallContext context = profile.Root;
        Follow(rootFrame, context);
        for (int i = 1; i < frames.Length; i++)
        {
            int callPc = frames[i - 1].Pc - 1;
            _frames[^1].OpenPc = callPc;
            _frames[^1].Begin(context.ProfileOf(callPc));
            context = context.CalleeOf(callPc, frames[i].Code);
            Follow(rootFrame + i, context);
        }
    }

    /// <inheritdoc/>
    public void OnTrap(int pc) => Report(ObserveTrap(pc));

    /// <summary>Called when a back-edge was taken. Its target is trapped again, even if it is the back-edge itself.</summary>
    public void OnBackEdge()
    {
        ReturnHeat();
        _traps.Close();
    }

    /// <inheritdoc/>
    public void OnPush(bool isPlain, bool isEntry) => Report(ObservePush(isPlain, isEntry));

    /// <inheritdoc/>
    public void OnReturn()
    {
        if (IsBetweenCalls)
        {
            return;
        }

        if (_release == Release.None)
        {
            _traps.Close();
        }
        else if (_release == Release.Call && _stacks.Top == _frames[^1].Index)
        {
            TrapAgain();
        }
        else if (_release == Release.Loop && _stacks.Top == _frames[^1].Index)
        {
            _traps.ReleaseLoop(_frames[^1].Context.Code, _releasedLoop);
        }
    }

    /// <inheritdoc/>
    public void OnRaise()
    {
        if (IsBetweenCalls)
        {
            return;
        }

        RecordedFrame frame = _frames[^1];
        if (frame.Index == _stacks.Top && frame.OpenPc is not null)
        {
            InstructionProfile profile = frame.LastProfile!;
            _isChanged |= !profile.Raised;
            profile.Raises++;
            frame.OpenPc = null;
        }
    }

    /// <inheritdoc/>
    public void OnUnwound(bool isHandled) => Report(ObserveLostFrames(AbortReason.RaisedOut, isHandled));

    /// <inheritdoc/>
    public void OnSuspended() => Report(ObserveLostFrames(AbortReason.Suspended, isError: false));

    /// <summary>Ends the recording.</summary>
    public RecordingEnd Stop(AbortReason reason) => End(reason);

    private void Report(RecordingEnd? end)
    {
        if (end is not null)
        {
            ended(end);
        }
    }

    /// <summary>Observes the instruction at which the running frame is positioned.</summary>
    /// <returns>The end of the recording if it ends before this instruction; otherwise null.</returns>
    private RecordingEnd? ObserveTrap(int pc)
    {
        ReturnHeat();
        int top = _stacks.Top;
        LinkedPrototype code = _stacks.ClosureOf(top).Code;
        if (IsBetweenCalls)
        {
            return ObserveNextCall(top, code, pc);
        }

        RecordedFrame frame = _frames[^1];
        if (frame.Index != top || !ReferenceEquals(frame.Context.Code, code) || frame.Origin != _stacks.BaseOf(top))
        {
            return StepOver(code, pc);
        }

        if (_release != Release.None)
        {
            TrapAgain();
        }

        int charged = Complete(frame, pc);
        frame.ExitLoops(pc);
        return EndBefore(frame, pc, charged) ?? Observe(frame, pc);
    }

    private RecordingEnd? ObservePush(bool isPlain, bool isEntry)
    {
        int top = _stacks.Top;
        if (IsBetweenCalls)
        {
            return null;
        }

        if (_frames[0].Index >= top)
        {
            // An error has popped the root's frame, and iterators are being closed before its handler runs.
            return End(AbortReason.RaisedOut);
        }

        PopTo(top - 1);
        RecordedFrame caller = _frames[^1];
        if (caller.Index == top - 1)
        {
            FollowOrLetRun(caller, top, isPlain, isEntry);
        }

        return null;
    }

    private void FollowOrLetRun(RecordedFrame caller, int top, bool isPlain, bool isEntry)
    {
        LinkedPrototype code = _stacks.ClosureOf(top).Code;
        if (caller.OpenPc is { } pc && (isPlain || (isEntry && IsHookOf(caller, pc, code))) && MayFollow(code, caller.Context))
        {
            Follow(top, caller.Context.CalleeOf(pc, code));
            return;
        }

        LetRun(isEntry ? Release.Callbacks : Release.Call);
        if (isEntry && caller.OpenPc is { } calling)
        {
            _traps.ReleaseAllBut(caller.Context.Code, calling);
            return;
        }

        _traps.ReleaseAll();
        host.WatchReturn(top);
    }

    /// <summary>
    /// Whether C# code calls a proc as a hook of the instruction that a frame executes, so that the compiler can inline it.
    /// </summary>
    private bool IsHookOf(RecordedFrame frame, int pc, LinkedPrototype code) =>
        code.IsFrameOnly && InstructionObserver.CallsHook(frame.Code[pc], frame.Context.Code.Module, RegistersOf(frame), code);

    /// <summary>Observes that frames may have ended without a return: popped by an error, suspended, or dropped with their run.</summary>
    /// <param name="reason">The abort reason if the root's frame is among them.</param>
    /// <param name="isError">Whether the running frame continues in a handler instead of after its instruction.</param>
    private RecordingEnd? ObserveLostFrames(AbortReason reason, bool isError)
    {
        if (IsBetweenCalls)
        {
            // A run that has ended may have been the last to call the proc.
            return isError ? null : End(AbortReason.Preempted);
        }

        int top = _stacks.Top;
        if (_frames[0].Index > top)
        {
            bool isCall = reason == AbortReason.Suspended && _profile!.Kind == RegionKind.Entry;
            return isCall ? EndCall(default) : End(reason);
        }

        PopTo(top);
        RecordedFrame frame = _frames[^1];
        if (frame.Index != top)
        {
            return null;
        }

        if (isError)
        {
            OnRaise();
        }

        TrapAgain();
        return null;
    }

    private void Start(RegionProfile profile, bool isSide, RecordingReach reach)
    {
        _profile = profile;
        _isSide = isSide;
        _isChanged = false;
        _isIterationChanged = false;
        _lastChangedIteration = 0;
        _reach = reach;
        _instructions = 0;
        _completed = 0;
        _repeats = 0;
        _unfollowed = 0;
        _release = Release.None;
        Iterations = 0;
        host.Events = this;
        host.ReportsCalls = true;
    }

    private void Follow(int index, CallContext context)
    {
        _traps.Add(context.Code);
        _frames.Add(new RecordedFrame(index, _stacks.BaseOf(index), context, loopsOf(context.Code)));
    }

    private bool MayFollow(LinkedPrototype code, CallContext caller)
    {
        if (!(code.IsFrameOnly || code.Kind == ProcKind.Generator || ResumePoints.AreNone(code))
            || caller.Depth >= Math.Min(2 * _reach.Depth, limits.MaxInlinedFrames + 1)
            || (code.Kind != ProcKind.Generator && caller.Calls >= _reach.Depth)
            || code.Prototype.Code.Length > FollowFactor * limits.MaxInlineInstructions)
        {
            return false;
        }

        int activations = 0;
        foreach (RecordedFrame frame in _frames)
        {
            activations += ReferenceEquals(frame.Context.Code, code) ? 1 : 0;
        }

        return activations < MaxActivations;
    }

    /// <summary>
    /// Executes an instruction of an unfollowed frame whose proc is also followed elsewhere. The callees of a loop that runs without traps
    /// run without traps as well: a recursive proc called there may be a large tree of calls, with some traps in each.
    /// </summary>
    private RecordingEnd? StepOver(LinkedPrototype code, int pc)
    {
        if (++_unfollowed > caps.MaxUnfollowed)
        {
            return End(AbortReason.TooLong);
        }

        if (_release == Release.Loop)
        {
            _traps.ReleaseAll();
            host.WatchReturn(_frames[^1].Index + 1);
            return null;
        }

        _traps.Open(code, pc);
        return null;
    }

    /// <summary>Records the result of the previous instruction.</summary>
    /// <returns>The loop that it charged; <see cref="LoopMap.None"/> when it charged none.</returns>
    private int Complete(RecordedFrame frame, int next)
    {
        if (frame.OpenPc is not { } pc)
        {
            return LoopMap.None;
        }

        frame.OpenPc = null;
        Instruction i = frame.Code[pc];
        bool jumped = OpcodeInfo.Of(i.Op).JumpTarget(i, pc) == next;
        if (next == pc && !jumped)
        {
            // The instruction waited for a task, and is executed again.
            return LoopMap.None;
        }

        InstructionProfile profile = frame.LastProfile!;
        InstructionObserver.After(profile, i, pc, next, RegistersOf(frame));
        _profile!.HasDispatch |= Dispatch.IsAt(frame.Context.Code.Prototype, pc);
        NoteChange(profile.Version != frame.LastVersion && !IsOutsideLoop(frame, next));
        return i.Op == Opcode.LoopHead || jumped ? LoopMap.ChargedBy(i) : LoopMap.None;
    }

    private RecordingEnd? EndBefore(RecordedFrame frame, int pc, int charged)
    {
        RegionProfile profile = _profile!;
        if (_frames.Count == 1 && profile.Kind == RegionKind.Loop)
        {
            if (charged == profile.Loop && pc == profile.RootPc)
            {
                CountIteration();
            }
            else if (IsOutsideLoop(frame, pc))
            {
                return End(AbortReason.LeftLoop);
            }
        }

        if (Iterations >= IterationsToRecord() || (_isSide && ++_repeats > Factor * caps.MaxSideRepeats))
        {
            return End(null);
        }

        return ++_instructions > Factor * caps.MaxInstructions ? End(AbortReason.TooLong) : null;
    }

    /// <summary>
    /// A recording continues while iterations change the profile, as in a loop with many branches: that is cheaper than many recordings.
    /// </summary>
    private int IterationsToRecord() =>
        Math.Min(
            Factor * caps.MaxChangingIterations,
            Math.Max(_isSide ? caps.MaxSideIterations : caps.MaxIterations, _lastChangedIteration + (Factor * caps.MaxSideIterations)));

    private void NoteChange(bool isChanged)
    {
        _isChanged |= isChanged;
        _isIterationChanged |= isChanged;
        _repeats = isChanged ? 0 : _repeats;
    }

    /// <summary>
    /// Whether an instruction is outside the recorded loop. The path on which control leaves the loop does not change the profile, because
    /// each such path is an exit.
    /// </summary>
    private bool IsOutsideLoop(RecordedFrame frame, int pc) =>
        _profile!.Kind == RegionKind.Loop && frame.Context.Caller is null && !frame.Loops[_profile.Loop].Contains(pc);

    private bool IsRoot(RecordedFrame frame, int loop) => frame.Context.Caller is null && loop == _profile!.Loop;

    /// <summary>Observes the next instruction, and lets it run.</summary>
    private RecordingEnd? Observe(RecordedFrame frame, int pc)
    {
        int loop = frame.Loops.AtBody(pc);
        if (loop != LoopMap.None)
        {
            ObserveHead(frame, pc);
            if (!IsRoot(frame, loop) && frame.CountIteration(loop) > _reach.InnerIterations)
            {
                LetRun(Release.Loop);
                _releasedLoop = frame.Loops[loop];
                _traps.ReleaseLoop(frame.Context.Code, _releasedLoop);
                return null;
            }
        }

        Instruction i = frame.Code[pc];
        if (i.Op is Opcode.ForEach or Opcode.ForEachPair && !IsRoot(frame, LoopMap.ChargedBy(i)))
        {
            ObserveHead(frame, pc);
        }

        InstructionProfile profile = frame.Context.ProfileOf(pc);
        frame.Begin(profile);
        InstructionObserver.Before(profile, i, frame.Context.Code, RegistersOf(frame));
        if (OpcodeInfo.Of(i.Op).Has(OpTraits.Returns))
        {
            return ObserveReturn(frame, pc, i);
        }

        if (i.Op == Opcode.Yield && _frames.Count == 1 && _profile!.Kind == RegionKind.Entry)
        {
            return EndCall(RegistersOf(frame)[i.A]);
        }

        frame.OpenPc = pc;
        BorrowHeat(frame, pc, i);
        _traps.Open(frame.Context.Code, pc);
        return null;
    }

    private RecordingEnd? ObserveReturn(RecordedFrame frame, int pc, in Instruction i)
    {
        if (_frames.Count > 1)
        {
            _frames.RemoveAt(_frames.Count - 1);
            _traps.Open(frame.Context.Code, pc);
            host.WatchReturn(frame.Index);
            return null;
        }

        if (_profile!.Kind == RegionKind.Loop)
        {
            return End(AbortReason.LeftLoop);
        }

        RecordingEnd? end = EndCall(i.Op == Opcode.Return ? RegistersOf(frame)[i.A] : default);
        if (end is null)
        {
            _traps.Open(frame.Context.Code, pc);
        }

        return end;
    }

    /// <summary>The recorded call returns, or the recorded generator yields.</summary>
    private RecordingEnd? EndCall(in Value result)
    {
        ObservedType returned = _profile!.Returned;
        int known = returned.Version;
        returned.Add(result);
        NoteChange(returned.Version != known);
        CountIteration();
        LinkedPrototype code = _profile.Root.Code;
        if (_isSide || !_profile.HasDispatch || code.IsResumable || Iterations >= IterationsToRecord())
        {
            return End(null);
        }

        // A call takes one of many paths: the next one, which probably takes another, belongs to this recording. Until then, only the
        // beginning of the proc is trapped.
        _frames.Clear();
        LetRun(Release.Call);
        _traps.ReleaseAllBut(code, 0);
        return null;
    }

    private void CountIteration()
    {
        Iterations++;
        _completed = _instructions;
        _lastChangedIteration = _isIterationChanged ? Iterations : _lastChangedIteration;
        _isIterationChanged = false;
    }

    /// <summary>Observes an instruction between the recorded calls of a proc: the first of the next call, or one to let run.</summary>
    private RecordingEnd? ObserveNextCall(int top, LinkedPrototype code, int pc)
    {
        CallContext root = _profile!.Root;
        if (pc != 0 || !ReferenceEquals(code, root.Code))
        {
            return StepOver(code, pc);
        }

        TrapAgain();
        Follow(top, root);
        ObserveHead(_frames[0], 0);
        return EndBefore(_frames[0], 0, LoopMap.None) ?? Observe(_frames[0], 0);
    }

    private void ObserveHead(RecordedFrame frame, int pc)
    {
        ObservedType?[] head = frame.Context.HeadOf(pc);
        LivenessMap liveness = frame.Context.Code.Liveness;
        Span<Value> registers = RegistersOf(frame);
        for (int register = 0; register < head.Length; register++)
        {
            if (liveness.IsLive(pc, register))
            {
                ObservedType type = head[register] ??= new ObservedType();
                int known = type.Version;
                type.Add(registers[register]);
                NoteChange(type.Version != known);
            }
        }
    }

    /// <summary>
    /// Handles a back-edge that jumps to itself, which would never reach a trap: its loop is made hot until the jump is taken, so that the
    /// interpreter calls <see cref="OnBackEdge"/>.
    /// </summary>
    private void BorrowHeat(RecordedFrame frame, int pc, in Instruction i)
    {
        int loop = LoopMap.ChargedBy(i);
        if (loop == LoopMap.None || i.Op == Opcode.LoopHead || OpcodeInfo.Of(i.Op).JumpTarget(i, pc) != pc)
        {
            return;
        }

        ref LoopState state = ref frame.Context.Code.Loops[loop];
        _borrowed = (frame.Context.Code, loop, state.Heat);
        state.SetHeat(0);
    }

    private void ReturnHeat()
    {
        if (_borrowed is var (code, loop, heat))
        {
            code.Loops[loop].SetHeat(heat);
            _borrowed = null;
        }
    }

    private void LetRun(Release what)
    {
        _release = what;
        host.ReportsCalls = false;
    }

    private void TrapAgain()
    {
        _release = Release.None;
        _traps.TrapAll();
        host.ReportsCalls = true;
    }

    private void PopTo(int top)
    {
        while (_frames[^1].Index > top)
        {
            _frames.RemoveAt(_frames.Count - 1);
        }
    }

    private Span<Value> RegistersOf(RecordedFrame frame) =>
        _stacks.Stack.AsSpan(frame.Origin, frame.Context.Code.RegisterCount);

    /// <summary>
    /// Ends the recording. The profile is usable if an iteration or call is complete, or if the recording began at an exit. An error
    /// completes the call that it ends.
    /// </summary>
    private RecordingEnd End(AbortReason? reason)
    {
        RegionProfile profile = _profile!;
        bool hasRaised = reason == AbortReason.RaisedOut;
        if (hasRaised && !_isSide && profile.Kind == RegionKind.Entry)
        {
            CountIteration();
        }

        bool isUsable = Iterations > 0
            || (_isSide && reason is AbortReason.LeftLoop or AbortReason.RaisedOut or AbortReason.TooLong or AbortReason.Preempted);
        string where = isUsable && !hasRaised ? string.Empty : PlaceOf(_frames[^1]);
        ReturnHeat();
        _traps.Restore();
        _frames.Clear();
        _profile = null;
        host.Events = null;
        host.ReportsCalls = false;
        profile.Recordings++;
        profile.Iterations += Iterations;
        profile.LastChange = _isChanged ? profile.Iterations : profile.LastChange;
        int observed = Iterations == 0 ? _instructions : _completed;
        return new RecordingEnd(profile, _isSide, isUsable ? null : reason, Iterations, observed, _isChanged, where);
    }

    /// <summary>The line of the instruction that a followed frame executes, or executed last.</summary>
    private static string PlaceOf(RecordedFrame frame)
    {
        Prototype prototype = frame.Context.Code.Prototype;
        return $"in {prototype.Name} at {prototype.Source.FileName}:{prototype.PositionAt(frame.LastPc).Line}";
    }
}
