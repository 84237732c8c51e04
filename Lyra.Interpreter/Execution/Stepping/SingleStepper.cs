using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Single steps: the interpreter executes one instruction for compiled code that has no code for it (a call-out). The loop executes it,
/// with a <see cref="StepCode"/> in place of the prototype's code, so that it stops at the next instruction. Results, charges and errors
/// are the same as in any other run of the loop, except that back-edges do not count as heat and compiled procs are not entered. The frames
/// that the instruction pushes run to their end before the step ends; the step itself does not count as a frame.
/// </summary>
internal sealed class SingleStepper(FrameContext frames, Unwinder unwinder)
{
    private readonly StepCode _code = new();

    /// <summary>The error that propagated out of a step.</summary>
    private ErrorObject? _pendingError;

    /// <summary>Whether an error of a step has already propagated out of this run, because no handler in it handles the error.</summary>
    private bool _hasFailed;

    /// <summary>Whether a step has imported a module whose top level waits for a task.</summary>
    private bool _isWaitPending;

    private bool IsPending => _pendingError is not null || _isWaitPending;

    /// <summary>
    /// Executes the instruction at the running frame's position. Afterwards the frame is positioned after it, or at its jump target.
    /// </summary>
    /// <returns>
    /// False when the frame can't continue now; <see cref="FinishPending"/> determines how to continue. There are three cases. An error of
    /// the instruction is pending. Or the instruction ends or suspends the running frame (return, yield, waiting for a task or channel):
    /// then it was not executed, and the frame is still positioned at it. Or the instruction imports a module whose top level waits for a
    /// task.
    /// </returns>
    public bool ExecuteOne()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return ExecuteOneApart();
        }

        ref FrameStack stack = ref frames.Stack;
        ref Frame frame = ref stack.Running;
        LinkedPrototype linked = frame.Closure.Code;

        // Not the linked code, which consists of traps while a recording runs.
        Instruction i = linked.Prototype.Code[frame.Pc];
        if (EndsFrame(i, frame.Base))
        {
            return false;
        }

        int entry = stack.Top + 1;
        int loop = IsDrivenByGenerator(i, frame.Base) ? LoopMap.None : LoopMap.ChargedBy(i);
        LoopExit exit = loop == LoopMap.None ? Step(i, linked) : StepUncounted(i, linked, ref linked.Loops[loop].Heat);
        return IsDone(exit, entry);
    }

    /// <summary>Executes a frame that compiled code has left, and all above it, to the end of the frame.</summary>
    /// <returns>False when the caller can't continue now; see <see cref="ExecuteOne"/>.</returns>
    public bool Finish(int frame)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return FinishApart(frame);
        }

        frames.Stack.Frames[frame].Flags |= FrameFlags.Nested;
        return IsDone(unwinder.TryRunToExit(frame), frame);
    }

    /// <summary>Ends the running step before its instruction is executed again, for a back-edge that jumps to itself.</summary>
    public void End() => _code.End();

    /// <summary>For tests: calls <paramref name="step"/> in place of the loop, as long as that returns true.</summary>
    /// <returns>Whether something is pending.</returns>
    public bool Run(Func<bool> step)
    {
        while (step())
        {
        }

        return IsPending;
    }

    /// <summary>Makes the error of a host call pending in the running frame; false when the exception is not one of a script.</summary>
    public bool TryPend(Exception exception, int protectedCount)
    {
        if (ErrorObject.From(exception) is not { } error)
        {
            return false;
        }

        Pend(error, protectedCount);
        return true;
    }

    /// <summary>
    /// Must be called when a region ended with <see cref="Jit.Regions.RegionExitKind.Raised"/>, whose frames are restored: propagates the
    /// pending error to its handler.
    /// </summary>
    /// <returns>
    /// The result that the loop must return. With <see cref="LoopExit.Refilled"/> it continues with the running frame instead, because a
    /// handler handles the error or the region reached an instruction that only the loop executes.
    /// </returns>
    public LoopExit FinishPending()
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
        return unwinder.Unwind(error) ? LoopExit.Refilled : LoopExit.Failed;
    }

    /// <summary>As <see cref="FinishPending"/>, where the loop does not expect a result.</summary>
    /// <exception cref="FailedRunException">The error has propagated out of this run of the loop.</exception>
    public void FinishCall()
    {
        if (FinishPending() == LoopExit.Failed)
        {
            throw FailedRunException.Instance;
        }
    }

    /// <summary>Propagates a pending error to its handler; false when there is none, or when no handler in this run handles it.</summary>
    public bool TryFinish()
    {
        if (_pendingError is null || _isWaitPending)
        {
            return false;
        }

        _hasFailed = FinishPending() == LoopExit.Failed;
        return !_hasFailed;
    }

    /// <summary>Executes on a new native stack. A separate method, because otherwise every call would allocate the closure.</summary>
    private bool ExecuteOneApart()
    {
        bool done = false;
        frames.WithNativeStack(() => done = ExecuteOne());
        return done;
    }

    private bool FinishApart(int frame)
    {
        bool done = false;
        frames.WithNativeStack(() => done = Finish(frame));
        return done;
    }

    private bool Pend(ErrorObject error, int protectedCount)
    {
        frames.UnprotectTo(protectedCount);
        _pendingError = error;
        return false;
    }

    /// <summary>Whether an instruction ends or suspends the running frame, or may do so.</summary>
    private bool EndsFrame(Instruction i, int origin)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        return row.Has(OpTraits.Returns) || i.Op == Opcode.Yield || (row.Has(OpTraits.Waits) && MayWait(i, origin));
    }

    private bool MayWait(Instruction i, int origin) => i.Op switch
    {
        Opcode.Await => frames.Stack.At(origin + i.B).Ref is TaskObject { IsDone: false },
        Opcode.ForEach or Opcode.ForEachPair => frames.Stack.At(origin + i.A).Ref is ChannelObject,
        _ => throw new UnreachableException($"{i.Op} never waits."),
    };

    /// <summary>Whether a generator's yield takes a back-edge. Such a back-edge does not count as heat for a nested frame.</summary>
    private bool IsDrivenByGenerator(Instruction i, int origin) =>
        i.Op is Opcode.ForEach or Opcode.ForEachPair && frames.Stack.At(origin + i.A).Ref is GeneratorObject;

    /// <summary>
    /// Executes one instruction of the running frame in the loop, and the frames that it pushes to their end. Errors propagate no further
    /// than those frames.
    /// </summary>
    private LoopExit Step(in Instruction instruction, LinkedPrototype linked)
    {
        ref FrameStack stack = ref frames.Stack;
        Instruction[] code = _code.Enter(instruction, stack.Running.Pc, linked.Prototype.Code.Length, out StepCode.Outer outer);
        stack.ArmStep(linked, code);
        try
        {
            return unwinder.RunLoop(stack.Top + 1);
        }
        finally
        {
            stack.Disarm();
            _code.Exit(outer);
        }
    }

    /// <summary>As <see cref="Step"/>, for a back-edge, which must not count as heat.</summary>
    private LoopExit StepUncounted(in Instruction instruction, LinkedPrototype linked, ref long heat)
    {
        int frame = frames.Stack.Top;
        int pc = frames.Stack.Running.Pc;

        // A back-edge that jumps to itself reaches no trap. With zero heat it calls OnBackEdge, which ends the step.
        long taken = instruction.Op != Opcode.LoopHead && instruction.SignedC == -1 ? heat : 0;
        heat -= taken;
        try
        {
            return Step(instruction, linked);
        }
        finally
        {
            bool isCounted = instruction.Op == Opcode.LoopHead || frames.Stack.Frames[frame].Pc != pc + 1;
            heat += isCounted ? taken + 1 : taken;
        }
    }

    /// <summary>Whether the running frame can continue after a step.</summary>
    private bool IsDone(LoopExit exit, int entry)
    {
        ref FrameStack stack = ref frames.Stack;
        if (exit == LoopExit.Failed)
        {
            _pendingError = frames.TakeFailure();
            return _pendingError is null;
        }

        if (stack.Top < entry)
        {
            return true;
        }

        // The top level of a module waits. The frames stay, and continue as plain ones when the task is finished.
        stack.Frames[entry].Flags &= ~FrameFlags.Nested;
        _isWaitPending = true;
        return false;
    }
}
