using System;
using System.Collections.Generic;
using Lyra.Jit.Building;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Recording;

/// <summary>
/// Fills a <see cref="RegionProfile"/> by watching the interpreter. While it runs, the code of the prototypes that it follows consists of traps: at each
/// the interpreter asks, the recorder notes what the instruction finds in its registers, and that one instruction is let through. Nothing that a
/// script can observe depends on it.
/// <para>
/// It follows the frames that the root's frame pushes by plain calls, down to a depth. Everything else that runs above them runs free, without traps,
/// until control is back: callees that are not followed, what builtins call back, generators, tasks, and the rounds of an inner loop after the
/// first few. At most one recording runs in an engine.
/// </para>
/// </summary>
internal sealed class Recorder(IRecordingHost host, RegionLimits limits, RecordingLimits caps)
{
    /// <summary>A proc of this many times the instructions that may be inlined is not followed.</summary>
    private const int FollowFactor = 8;

    /// <summary>Activations of one proc that are followed in each other.</summary>
    private const int MaxActivations = 2;

    private readonly TrapSet _traps = new();
    private readonly List<RecordedFrame> _frames = [];
    private RegionProfile? _profile;
    private bool _isSide;
    private bool _isNews;

    /// <summary>Whether the running pass has brought anything new.</summary>
    private bool _isFresh;

    /// <summary>The last pass that has; 0 for none.</summary>
    private int _lastFresh;
    private int _maxDepth;
    private int _instructions;
    private int _strays;
    private Release _release;

    /// <summary>Where <see cref="Release.Loop"/> holds: the loop.</summary>
    private LoopRange _releasedLoop;
    private (LinkedPrototype Code, int Loop, long Heat)? _borrowed;

    /// <summary>What runs without traps now.</summary>
    private enum Release : byte
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>A frame that the innermost followed one has called, until it returns.</summary>
        Call,

        /// <summary>What the instruction of the innermost followed frame calls back, until that frame goes on.</summary>
        Callbacks,

        /// <summary>A loop of the innermost followed frame, until it is left.</summary>
        Loop,
    }

    /// <summary>What is being recorded; null when nothing is.</summary>
    public RegionProfile? Profile => _profile;

    public bool IsActive => _profile is not null;

    /// <summary>Whether the running recording began at an exit.</summary>
    public bool IsSide => _isSide;

    /// <summary>Passes that the last recording saw from their beginning to their end.</summary>
    public int Passes { get; private set; }

    /// <summary>Whether the running instruction is one of followed code, so that no compiled code may take its place.</summary>
    public bool IsWatching => IsActive && _release == Release.None;

    /// <summary>Begins at the running frame, which stands at the profile's root.</summary>
    /// <param name="profile">What to add to.</param>
    /// <param name="maxDepth">Calls to follow in each other at most; beyond the limits' only their bound counts.</param>
    public void Begin(RegionProfile profile, int maxDepth)
    {
        Start(profile, false, maxDepth);
        Follow(host.Frames.Top, profile.Root);
        if (profile.Kind == Ir.RegionKind.Entry)
        {
            NoteHead(_frames[0], 0);
        }
    }

    /// <summary>Begins at an exit, whose frames are restored, the root's at <paramref name="rootFrame"/>.</summary>
    public void BeginSide(RegionProfile profile, int rootFrame, ExitFrame[] frames, int maxDepth)
    {
        Start(profile, true, maxDepth);
        CallContext context = profile.Root;
        Follow(rootFrame, context);
        for (int i = 1; i < frames.Length; i++)
        {
            int callPc = frames[i - 1].Pc - 1;
            _frames[^1].OpenPc = callPc;
            _frames[^1].OpenKnowledge = context.ProfileOf(callPc).Knowledge;
            context = context.CalleeOf(callPc, frames[i].Code);
            Follow(rootFrame + i, context);
        }
    }

    /// <summary>The running frame has come to a trap. The instruction there is executed next, whatever it is.</summary>
    /// <returns>The end of the recording, when it ends before this instruction.</returns>
    public RecordingEnd? OnTrap(int pc)
    {
        ReturnHeat();
        LinkedPrototype code = host.Frames.ClosureOf(host.Frames.Top).Code;
        RecordedFrame frame = _frames[^1];
        if (frame.Index != host.Frames.Top || !ReferenceEquals(frame.Context.Code, code) || frame.Origin != host.Frames.BaseOf(frame.Index))
        {
            return StepOver(code, pc);
        }

        if (_release != Release.None)
        {
            TrapAgain();
        }

        int charged = Complete(frame, pc);
        frame.LeaveLoops(pc);
        return EndBefore(frame, pc, charged) ?? Observe(frame, pc);
    }

    /// <summary>A loop has jumped back. What it jumps to is trapped again even where that is the back-edge itself.</summary>
    public void OnBackEdge()
    {
        ReturnHeat();
        _traps.Close();
    }

    /// <summary>A frame was pushed, while calls are reported.</summary>
    /// <param name="isPlain">Whether leaving it does no more than hand over its result.</param>
    /// <param name="isEntry">Whether C# code has called it.</param>
    public RecordingEnd? OnPush(bool isPlain, bool isEntry)
    {
        int top = host.Frames.Top;
        if (_frames[0].Index >= top)
        {
            // An error has popped the root's frame, and what it passes is closed before it comes to its handler.
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
        LinkedPrototype code = host.Frames.ClosureOf(top).Code;
        if (caller.OpenPc >= 0 && (isPlain || (isEntry && IsHookOf(caller, code))) && MayFollow(code, caller.Context))
        {
            Follow(top, caller.Context.CalleeOf(caller.OpenPc, code));
            return;
        }

        LetRun(isEntry ? Release.Callbacks : Release.Call);
        if (isEntry && caller.OpenPc >= 0)
        {
            _traps.ReleaseAllBut(caller.Context.Code, caller.OpenPc);
            return;
        }

        _traps.ReleaseAll();
        host.WatchReturn(top);
    }

    /// <summary>Whether C# code calls this as the hook of what a frame executes, and region builders know what to do with it.</summary>
    private bool IsHookOf(RecordedFrame frame, LinkedPrototype code) =>
        code.IsFrameOnly && InstructionObserver.CallsHook(frame.Code[frame.OpenPc], frame.Context.Code.Module, RegistersOf(frame), code);

    /// <summary>A watched frame has returned: one that was let run, or a followed one, whose caller may stand at the same instruction.</summary>
    public void OnReturn()
    {
        if (_release == Release.None)
        {
            _traps.Close();
        }
        else if (_release == Release.Call && host.Frames.Top == _frames[^1].Index)
        {
            TrapAgain();
        }
        else if (_release == Release.Loop && host.Frames.Top == _frames[^1].Index)
        {
            _traps.ReleaseLoop(_frames[^1].Context.Code, _releasedLoop);
        }
    }

    /// <summary>An error has arisen in the running frame.</summary>
    public void OnRaise()
    {
        RecordedFrame frame = _frames[^1];
        if (frame.Index == host.Frames.Top && frame.OpenPc >= 0)
        {
            InstructionProfile profile = frame.Context.ProfileOf(frame.OpenPc);
            _isNews |= !profile.Raised;
            profile.Raises++;
            frame.OpenPc = -1;
        }
    }

    /// <summary>Frames may be gone that did not return: popped by an error, suspended, or dropped with their run.</summary>
    /// <param name="reason">Why the recording is given up if the root's is among them.</param>
    /// <param name="isError">Whether the running frame goes on in a handler instead of behind its instruction.</param>
    public RecordingEnd? OnFramesLost(AbortReason reason, bool isError)
    {
        int top = host.Frames.Top;
        if (_frames[0].Index > top)
        {
            return End(reason);
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

    /// <summary>Ends the recording from outside, with what it has.</summary>
    public RecordingEnd Stop(AbortReason reason) => End(reason);

    private void Start(RegionProfile profile, bool isSide, int maxDepth)
    {
        _profile = profile;
        _isSide = isSide;
        _isNews = false;
        _isFresh = false;
        _lastFresh = 0;
        _maxDepth = Math.Min(maxDepth, limits.MaxInlineDepth + 1);
        _instructions = 0;
        _strays = 0;
        _release = Release.None;
        Passes = 0;
        host.IsRecording = true;
        host.ReportsCalls = true;
    }

    private void Follow(int index, CallContext context)
    {
        _traps.Add(context.Code);
        _frames.Add(new RecordedFrame(index, host.Frames.BaseOf(index), context, PrototypeTier.Of(context.Code).Loops));
    }

    private bool MayFollow(LinkedPrototype code, CallContext caller)
    {
        if (!(code.IsFrameOnly || code.Kind == ProcKind.Generator) || caller.Depth >= _maxDepth || code.Prototype.Code.Length > FollowFactor * limits.MaxInlineInstructions)
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
    /// An instruction of a frame that is not followed: a proc that is, called from where it is not. What a loop calls that runs free, as where a proc calls
    /// itself in a loop, runs free as a whole: it may be a tree of calls, with some traps in each.
    /// </summary>
    private RecordingEnd? StepOver(LinkedPrototype code, int pc)
    {
        if (++_strays > caps.MaxStrays)
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

    /// <summary>Notes how the instruction before came out.</summary>
    /// <returns>The loop that it charged on the way; <see cref="LoopMap.None"/> when none.</returns>
    private int Complete(RecordedFrame frame, int next)
    {
        int pc = frame.OpenPc;
        frame.OpenPc = -1;
        if (pc < 0)
        {
            return LoopMap.None;
        }

        Instruction i = frame.Code[pc];
        bool jumped = OpcodeInfo.Of(i.Op).JumpTarget(i, pc) == next;
        if (next == pc && !jumped)
        {
            // It waited for a task and is executed again.
            return LoopMap.None;
        }

        InstructionProfile profile = frame.Context.ProfileOf(pc);
        InstructionObserver.After(profile, i, pc, next, RegistersOf(frame));
        NoteNews(profile.Knowledge != frame.OpenKnowledge && !LeavesLoop(frame, next));
        return i.Op == Opcode.LoopHead || jumped ? LoopMap.ChargedBy(i) : LoopMap.None;
    }

    private RecordingEnd? EndBefore(RecordedFrame frame, int pc, int charged)
    {
        RegionProfile profile = _profile!;
        if (_frames.Count == 1 && profile.Kind == Ir.RegionKind.Loop)
        {
            if (charged == profile.Loop && pc == profile.RootPc)
            {
                Passes++;
                _lastFresh = _isFresh ? Passes : _lastFresh;
                _isFresh = false;
            }
            else if (LeavesLoop(frame, pc))
            {
                return End(AbortReason.LeftLoop);
            }
        }

        if (Passes >= MaxPasses())
        {
            return End(AbortReason.None);
        }

        return ++_instructions > caps.MaxInstructions ? End(AbortReason.TooLong) : null;
    }

    /// <summary>While passes take ways that were not known, as in a loop of many branches, recording goes on: it is cheaper than one recording for each.</summary>
    private int MaxPasses() =>
        Math.Min(caps.MaxFreshPasses, Math.Max(_isSide ? caps.MaxSidePasses : caps.MaxPasses, _lastFresh + caps.MaxSidePasses));

    private void NoteNews(bool isNews)
    {
        _isNews |= isNews;
        _isFresh |= isNews;
    }

    /// <summary>Whether an instruction is no part of the loop that is recorded. On which ways that is left is no news: all of them are exits.</summary>
    private bool LeavesLoop(RecordedFrame frame, int pc) =>
        _profile!.Kind == Ir.RegionKind.Loop && frame.Context.Caller is null && !frame.Loops[_profile.Loop].Contains(pc);

    /// <summary>Notes what the next instruction finds, and lets it through.</summary>
    private RecordingEnd? Observe(RecordedFrame frame, int pc)
    {
        int loop = frame.Loops.AtBody(pc);
        if (loop != LoopMap.None)
        {
            NoteHead(frame, pc);
            bool isRoot = frame.Context.Caller is null && loop == _profile!.Loop;
            if (!isRoot && frame.CountRound(loop) > caps.MaxRounds)
            {
                LetRun(Release.Loop);
                _releasedLoop = frame.Loops[loop];
                _traps.ReleaseLoop(frame.Context.Code, _releasedLoop);
                return null;
            }
        }

        Instruction i = frame.Code[pc];
        InstructionProfile profile = frame.Context.ProfileOf(pc);
        frame.OpenKnowledge = profile.Knowledge;
        InstructionObserver.Before(profile, i, frame.Context.Code, RegistersOf(frame));
        if (i.Op is Opcode.Return or Opcode.ReturnNil)
        {
            return Leave(frame, pc, i);
        }

        frame.OpenPc = pc;
        BorrowHeat(frame, pc, i);
        _traps.Open(frame.Context.Code, pc);
        return null;
    }

    private RecordingEnd? Leave(RecordedFrame frame, int pc, in Instruction i)
    {
        if (_frames.Count > 1)
        {
            _frames.RemoveAt(_frames.Count - 1);
            _traps.Open(frame.Context.Code, pc);
            host.WatchReturn(frame.Index);
            return null;
        }

        if (_profile!.Kind == Ir.RegionKind.Loop)
        {
            return End(AbortReason.LeftLoop);
        }

        Value result = i.Op == Opcode.Return ? RegistersOf(frame)[i.A] : default;
        int known = _profile.Returned.Knowledge;
        _profile.Returned.Add(result);
        _isNews |= _profile.Returned.Knowledge != known;
        Passes++;
        return End(AbortReason.None);
    }

    private void NoteHead(RecordedFrame frame, int pc)
    {
        ObservedType?[] head = frame.Context.HeadOf(pc);
        LivenessMap liveness = frame.Context.Code.Liveness;
        Span<Value> registers = RegistersOf(frame);
        for (int register = 0; register < head.Length; register++)
        {
            if (liveness.IsLive(pc, register))
            {
                ObservedType type = head[register] ??= new ObservedType();
                int known = type.Knowledge;
                type.Add(registers[register]);
                NoteNews(type.Knowledge != known);
            }
        }
    }

    /// <summary>
    /// A back-edge that jumps to itself would go round without meeting a trap. Its loop is hot until the jump is taken, which then comes to
    /// <see cref="OnBackEdge"/>.
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
        host.Frames.Stack.AsSpan(frame.Origin, frame.Context.Code.RegisterCount);

    /// <summary>Ends the recording; what came of it is good for something when the root came round once, or when it began at an exit.</summary>
    private RecordingEnd End(AbortReason reason)
    {
        RegionProfile profile = _profile!;
        bool isGood = Passes > 0 || (_isSide && reason is AbortReason.LeftLoop or AbortReason.TooLong or AbortReason.Preempted);
        string where = isGood ? string.Empty : PlaceOf(_frames[^1]);
        ReturnHeat();
        _traps.Restore();
        _frames.Clear();
        _profile = null;
        host.IsRecording = false;
        host.ReportsCalls = false;
        profile.Recordings++;
        profile.Passes += Passes;
        return new RecordingEnd(profile, _isSide, isGood ? AbortReason.None : reason, Passes, _isNews, where);
    }

    /// <summary>Where a followed frame stands: the instruction that it executes, or has executed last.</summary>
    private static string PlaceOf(RecordedFrame frame)
    {
        Prototype prototype = frame.Context.Code.Prototype;
        return $"in {prototype.Name} at {prototype.Source.FileName}:{prototype.PositionAt(frame.LastPc).Line}";
    }
}
