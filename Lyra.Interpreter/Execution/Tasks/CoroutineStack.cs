using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The generators and tasks whose frames are on the frame stack, innermost last. Moves such frames onto the stack and off it. A task's
/// frame is on both lists: as a coroutine, which keeps its registers while it waits, and as a task.
/// </summary>
internal sealed class CoroutineStack(FrameContext frames)
{
    private readonly List<GeneratorObject> _coroutines = [];
    private readonly List<TaskObject> _tasks = [];

    /// <summary>The innermost generator or task.</summary>
    public GeneratorObject Current => _coroutines[^1];

    /// <summary>The innermost task.</summary>
    public TaskObject CurrentTask => _tasks[^1];

    /// <summary>Whether the running frame is that of a task which compiled code has suspended.</summary>
    public bool IsRunningTaskSuspended =>
        (frames.Stack.Running.Flags & FrameFlags.Task) != 0 && CurrentTask.State == TaskState.Pending;

    /// <summary>Pushes the frame of a suspended coroutine, to continue where it stopped.</summary>
    public void Resume(GeneratorObject coroutine, FrameFlags flags)
    {
        if (coroutine.IsRunning)
        {
            throw Throw.ValueError("the iterator is already running; it can't advance itself");
        }

        int first = frames.Stack.End;
        frames.PushFrame(coroutine.Closure, first, first, flags, coroutine.EntryCost);
        coroutine.Registers.CopyTo(frames.Stack.Registers.AsSpan(first));
        frames.Stack.Running.Pc = coroutine.Pc;
        Push(coroutine);
    }

    /// <summary>Pops the running frame into its coroutine, to continue at <paramref name="pc"/>.</summary>
    public void Suspend(int pc)
    {
        GeneratorObject coroutine = Pop();
        ref Frame frame = ref frames.Stack.Running;
        frames.Stack.Registers.AsSpan(frame.Base, coroutine.Registers.Length).CopyTo(coroutine.Registers);
        coroutine.Pc = pc;
        frames.Stack.Top--;
        frames.Events.ReportSuspended();
    }

    /// <summary>Pops the running frame, which is a task's that compiled code has suspended.</summary>
    public void PopSuspendedTask()
    {
        Pop();
        PopTask();
        frames.Stack.Top--;
        frames.Events.ReportSuspended();
    }

    /// <summary>Records that the running frame is a coroutine's.</summary>
    public void Push(GeneratorObject coroutine)
    {
        coroutine.IsRunning = true;
        _coroutines.Add(coroutine);
    }

    /// <summary>Records that the running frame is a task's. Its coroutine was pushed before.</summary>
    public void PushTask(TaskObject task)
    {
        task.State = TaskState.Running;
        _tasks.Add(task);
    }

    /// <summary>Removes the innermost coroutine, whose frame was popped.</summary>
    public GeneratorObject Pop()
    {
        GeneratorObject coroutine = _coroutines[^1];
        _coroutines.RemoveAt(_coroutines.Count - 1);
        coroutine.IsRunning = false;
        return coroutine;
    }

    /// <summary>Removes the innermost task, whose frame was popped.</summary>
    public TaskObject PopTask()
    {
        TaskObject task = _tasks[^1];
        _tasks.RemoveAt(_tasks.Count - 1);
        return task;
    }

    /// <summary>Ends the innermost coroutine, whose frame has ended.</summary>
    /// <returns>The task that ends with it; null for a generator.</returns>
    public TaskObject? End(FrameFlags flags)
    {
        GeneratorObject ended = Pop();
        if ((flags & FrameFlags.Task) == 0)
        {
            ended.End(frames);
            return null;
        }

        ended.IsDone = true;

        TaskObject task = PopTask();
        task.Frame = null;
        frames.TaskFrames.Return(ended);
        return task;
    }

    public void Clear()
    {
        if (_coroutines.Count + _tasks.Count > 0)
        {
            _coroutines.Clear();
            _tasks.Clear();
        }
    }

    public void Visit(HeapVisitor visitor)
    {
        foreach (GeneratorObject coroutine in _coroutines)
        {
            visitor.Visit(coroutine);
        }

        foreach (TaskObject task in _tasks)
        {
            visitor.Visit(task);
        }
    }
}
