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
internal sealed class RegionFrames(Interpreter interpreter) : IFrameHost
{
    public ScriptContext Context => interpreter;

    public Value[] Stack => interpreter.Stack.Registers;

    public int Top => interpreter.Stack.Top;

    public int BaseOf(int frame) => interpreter.Stack.Frames[frame].Base;

    public Closure ClosureOf(int frame) => interpreter.Stack.Frames[frame].Closure;

    public int PcOf(int frame) => interpreter.Stack.Frames[frame].Pc;

    public void SetPc(int frame, int pc) => interpreter.Stack.Frames[frame].Pc = pc;

    public void PushInlined(Closure closure, int position, int pc, int returnSlot, bool dropsResult) =>
        interpreter.Stack.PushUncharged(closure, position, pc, returnSlot, dropsResult ? FrameFlags.Discard : FrameFlags.None);

    public GeneratorObject RunningCoroutine => interpreter.Coroutines.Current;

    public void PushCoroutine(GeneratorObject coroutine, int position, int pc, int returnSlot)
    {
        bool isTask = coroutine.Closure.Code.Kind == ProcKind.Async;
        FrameFlags flags = isTask ? FrameFlags.Task : FrameFlags.Generator;
        flags |= coroutine.IsRunning ? FrameFlags.Compiled : FrameFlags.None;
        interpreter.Stack.PushUncharged(coroutine.Closure, position, pc, isTask ? returnSlot : position, flags);
        coroutine.Registers.CopyTo(interpreter.Stack.Registers.AsSpan(position));
        interpreter.Coroutines.Push(coroutine);
        if (isTask)
        {
            TaskObject task = TaskObject.Of(coroutine);
            interpreter.Coroutines.PushTask(task);
            interpreter.Stack.Registers[returnSlot] = Value.FromObject(task);
        }
    }

    public void PopTo(int frame)
    {
        ref FrameStack stack = ref interpreter.Stack;
        for (int above = stack.Top; above > frame; above--)
        {
            FrameFlags flags = stack.Frames[above].Flags;
            if ((flags & (FrameFlags.Generator | FrameFlags.Task)) != 0)
            {
                interpreter.Coroutines.Pop().IsRunning = (flags & FrameFlags.Compiled) != 0;
            }

            if ((flags & FrameFlags.Task) != 0)
            {
                interpreter.Coroutines.PopTask();
            }
        }

        stack.Top = frame;
    }

    public bool ExecuteOne() => interpreter.Stepper.ExecuteOne();

    public bool Finish(int frame)
    {
        interpreter.Tiering.Controller.OnCalleeExit();
        return interpreter.Stepper.Finish(frame);
    }

    public bool TryFinish() => interpreter.Stepper.TryFinish();

    public bool TryPend(Exception exception, int protectedCount) => interpreter.Stepper.TryPend(exception, protectedCount);
}
