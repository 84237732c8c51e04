using System;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The interpreter's stacks for compiled code. A separate class, made when something becomes hot, so that a program without hot code does
/// not load the compiler's library.
/// </summary>
internal sealed class RegionFrames(FrameContext frames, CoroutineStack coroutines, TierAdapter tiering) : IFrameHost
{
    public ScriptContext Context => frames;

    public Value[] Stack => frames.Stack.Registers;

    public int Top => frames.Stack.Top;

    public int BaseOf(int frame) => frames.Stack.Frames[frame].Base;

    public Closure ClosureOf(int frame) => frames.Stack.Frames[frame].Closure;

    public int PcOf(int frame) => frames.Stack.Frames[frame].Pc;

    public void SetPc(int frame, int pc) => frames.Stack.Frames[frame].Pc = pc;

    public void PushInlined(Closure closure, int position, int pc, int returnSlot, bool dropsResult)
    {
        if (closure.Code.Kind == ProcKind.Async)
        {
            frames.Stack.PushUncharged(closure, position, pc, returnSlot, FrameFlags.Task);
            BeginTask(frames.TaskFrames.Take(closure), returnSlot);
            return;
        }

        frames.Stack.PushUncharged(closure, position, pc, returnSlot, dropsResult ? FrameFlags.Discard : FrameFlags.None);
    }

    public GeneratorObject RunningCoroutine => coroutines.Current;

    public void PushCoroutine(GeneratorObject coroutine, int position, int pc, int returnSlot)
    {
        bool isTask = coroutine.Closure.Code.Kind == ProcKind.Async;
        FrameFlags flags = isTask ? FrameFlags.Task : FrameFlags.Generator;
        flags |= coroutine.IsRunning ? FrameFlags.Compiled : FrameFlags.None;
        frames.Stack.PushUncharged(coroutine.Closure, position, pc, isTask ? returnSlot : position, flags);
        coroutine.Registers.CopyTo(frames.Stack.Registers.AsSpan(position));
        if (isTask)
        {
            BeginTask(coroutine, returnSlot);
        }
        else
        {
            coroutines.Push(coroutine);
        }
    }

    public void PopTo(int frame)
    {
        ref FrameStack stack = ref frames.Stack;
        for (int above = stack.Top; above > frame; above--)
        {
            FrameFlags flags = stack.Frames[above].Flags;
            if ((flags & (FrameFlags.Generator | FrameFlags.Task)) != 0)
            {
                coroutines.Pop().IsRunning = (flags & FrameFlags.Compiled) != 0;
            }

            if ((flags & FrameFlags.Task) != 0)
            {
                coroutines.PopTask();
            }
        }

        stack.Top = frame;
    }

    public bool ExecuteOne() => tiering.Stepper.ExecuteOne();

    public bool Finish(int frame)
    {
        tiering.Controller.OnCalleeExit();
        return tiering.Stepper.Finish(frame);
    }

    public bool TryFinish() => tiering.Stepper.TryFinish();

    public bool TryPend(Exception exception, int protectedCount) => tiering.Stepper.TryPend(exception, protectedCount);

    /// <summary>Records that the running frame is that of a task, and stores the task for its caller.</summary>
    private void BeginTask(GeneratorObject coroutine, int returnSlot)
    {
        TaskObject task = TaskObject.Of(coroutine);
        coroutines.Push(coroutine);
        coroutines.PushTask(task);
        frames.Stack.Registers[returnSlot] = Value.FromObject(task);
    }
}
