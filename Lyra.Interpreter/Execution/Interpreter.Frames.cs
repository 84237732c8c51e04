using System;
using Lyra.Jit.Deoptimization;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// The stacks as compiled code sees them, and how the loop goes on after a region. The view is a class of its own, so that a program which never
/// gets hot does not load the compiler's library.
/// </content>
internal sealed partial class Interpreter
{
    private FrameHost? _frameHost;

    /// <summary>The error that left an instruction executed on its own.</summary>
    private ErrorObject? _pendingError;

    /// <summary>Whether an error of an instruction executed on its own was taken out of this run already, because nothing in it takes it.</summary>
    private bool _hasFailed;

    /// <summary>Whether an instruction executed on its own left a module's top level behind that waits for a task.</summary>
    private bool _isWaitPending;

    /// <summary>What compiled code is bound to.</summary>
    public IFrameHost FrameView => _frameHost ??= new FrameHost(this);

    /// <summary>
    /// To be called when a region ended with <see cref="Jit.Tiering.Region.Raised"/>, whose frames are in place: takes the pending error to its
    /// handler.
    /// </summary>
    /// <returns>
    /// What the loop is to return, except for <see cref="LoopExit.Refilled"/>: then it goes on with the running frame as it is, because a handler
    /// took the error or the region had met an instruction that only the loop executes.
    /// </returns>
    public LoopExit SettlePending()
    {
        if (_isWaitPending)
        {
            _isWaitPending = false;
            return LoopExit.Waiting;
        }

        if (_hasFailed)
        {
            _hasFailed = false;
            return LoopExit.Failed;
        }

        if (_pendingError is not { } error)
        {
            return LoopExit.Refilled;
        }

        _pendingError = null;
        return Unwind(error) ? LoopExit.Refilled : LoopExit.Failed;
    }

    private bool TrySettle()
    {
        if (_pendingError is null || _isWaitPending)
        {
            return false;
        }

        _hasFailed = SettlePending() == LoopExit.Failed;
        return !_hasFailed;
    }

    private void PushInlined(Closure closure, int position, int pc, int returnSlot, bool dropsResult)
    {
        int end = position + closure.Code.RegisterCount;
        if (_top + 1 >= _frames.Length || end > _stack.Length)
        {
            MakeRoom(end);
        }

        ref Frame frame = ref _frames[++_top];
        frame.Closure = closure;
        frame.Base = position;
        frame.Pc = pc;
        frame.ReturnSlot = returnSlot;
        frame.Flags = dropsResult ? FrameFlags.Discard : FrameFlags.None;
    }

    private void PushInlinedGenerator(GeneratorObject generator, int position, int pc)
    {
        PushInlined(generator.Closure, position, pc, position, dropsResult: false);
        _frames[_top].Flags = FrameFlags.Generator;
        generator.Registers.CopyTo(_stack.AsSpan(position));
        generator.IsRunning = true;
        _coroutines.Add(generator);
    }

    private void PopTo(int frame)
    {
        for (int above = _top; above > frame; above--)
        {
            if ((_frames[above].Flags & FrameFlags.Generator) != 0)
            {
                PopCoroutine();
            }
        }

        _top = frame;
    }

    /// <summary>Room for a frame more and for registers up to a position. Not charged: the next heap walk counts it.</summary>
    private void MakeRoom(int end)
    {
        if (_top + 1 >= _frames.Length)
        {
            Array.Resize(ref _frames, Math.Max(_top + 2, Math.Min(_frames.Length * 2, MaxFrames + 1)));
            UpdateTopLimit();
        }

        if (end > _stack.Length)
        {
            Array.Resize(ref _stack, Math.Max(_stack.Length * 2, end));
        }
    }

    /// <summary>The view of the stacks.</summary>
    private sealed class FrameHost(Interpreter owner) : IFrameHost
    {
        public ScriptContext Context => owner;

        public Value[] Stack => owner._stack;

        public int Top => owner._top;

        public int BaseOf(int frame) => owner._frames[frame].Base;

        public Closure ClosureOf(int frame) => owner._frames[frame].Closure;

        public int PcOf(int frame) => owner._frames[frame].Pc;

        public void SetPc(int frame, int pc) => owner._frames[frame].Pc = pc;

        public void PushInlined(Closure closure, int position, int pc, int returnSlot, bool dropsResult) =>
            owner.PushInlined(closure, position, pc, returnSlot, dropsResult);

        public void PushGenerator(GeneratorObject generator, int position, int pc) => owner.PushInlinedGenerator(generator, position, pc);

        public void PopTo(int frame) => owner.PopTo(frame);

        public bool ExecuteOne() => owner.ExecuteOne();

        public bool TrySettle() => owner.TrySettle();

        public bool TryPend(Exception exception, int protectedCount) => owner.TryPend(exception, protectedCount);
    }
}
