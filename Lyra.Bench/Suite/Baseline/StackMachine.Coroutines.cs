using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <content>Generators, tasks, and the handling of errors.</content>
internal sealed partial class StackMachine
{
    /// <summary>Runs a generator up to its next yield; false when it has ended.</summary>
    public bool ResumeGenerator(Coroutine coroutine, out Value value)
    {
        value = default;
        if (coroutine.IsRunning)
        {
            throw Throw.ValueError("the iterator is already running");
        }

        if (coroutine.IsDone)
        {
            return false;
        }

        coroutine.IsDone = Resume(coroutine) != LoopEnd.Yielded;
        value = coroutine.IsDone ? default : _result;
        return !coroutine.IsDone;
    }

    /// <summary>Runs a task until it ends or has to wait.</summary>
    public void RunTask(TaskObject task)
    {
        if (task.IsDone || task.Call is not { Callee.Ref: Coroutine coroutine })
        {
            return;
        }

        task.State = TaskState.Running;
        try
        {
            if (Resume(coroutine) == LoopEnd.Returned)
            {
                _tasks.Complete(task, _result);
            }
        }
        catch (ScriptErrorException e) when (e.Error.IsCatchable)
        {
            _tasks.Fail(task, e.Error);
        }
    }

    private TaskObject StartTask(Coroutine coroutine, int top)
    {
        TaskObject task = NewTask(coroutine);
        _top = top;
        RunTask(task);
        return task;
    }

    /// <summary>Makes a task that runs later.</summary>
    private TaskObject Spawn(int callee, int count)
    {
        if (_stack[callee].Ref is not StackClosure { Proc.Signature.Kind: ProcKind.Async or ProcKind.Normal } closure)
        {
            throw new UnsupportedConstructException("spawn of a value that is neither a proc nor an async proc", 0);
        }

        CompleteArguments(closure.Proc.Signature, callee + 1, count);
        Coroutine coroutine = new(this, closure, new Value[closure.Proc.LocalCount]);
        _stack.AsSpan(callee + 1, closure.Proc.Signature.ParameterNames.Length).CopyTo(coroutine.Values);
        TaskObject task = NewTask(coroutine);
        _tasks.Enqueue(task);
        return task;
    }

    private static TaskObject NewTask(Coroutine coroutine)
    {
        TaskObject task = new(coroutine.Closure.Proc.Signature.Name) { Call = new SpawnedCall(Value.FromObject(coroutine), []) };
        coroutine.Task = task;
        return task;
    }

    private LoopEnd Resume(Coroutine coroutine)
    {
        int mark = _top;
        PushFrame(coroutine.Closure, mark, mark);
        ref StackFrame frame = ref _frames[_frameCount - 1];
        frame.Pc = coroutine.Pc;
        frame.IsEntry = true;
        frame.Coroutine = coroutine;
        coroutine.Values.CopyTo(_stack, mark);
        _top = mark + coroutine.Values.Length;
        coroutine.IsRunning = true;
        try
        {
            return Execute();
        }
        finally
        {
            coroutine.IsRunning = false;
            _top = mark;
        }
    }

    /// <summary>Moves the running frame into its coroutine.</summary>
    private void Suspend(int pc, int top)
    {
        ref StackFrame frame = ref _frames[--_frameCount];
        Coroutine coroutine = frame.Coroutine!;
        coroutine.Pc = pc;
        coroutine.Values = _stack.AsSpan(frame.Base, top - frame.Base).ToArray();
    }

    /// <summary>
    /// Waits for a task. True when it is done; false if the running task must be suspended until then. The top level runs the other tasks
    /// meanwhile.
    /// </summary>
    private bool WaitFor(TaskObject awaited, int top)
    {
        awaited.IsObserved = true;
        if (awaited.IsDone)
        {
            return true;
        }

        StackFrame frame = _frames[_frameCount - 1];
        if (frame.Coroutine?.Task is { } task)
        {
            _tasks.Suspend(task, awaited);
            return false;
        }

        if (frame.Closure.Proc.Signature.Kind != ProcKind.Module)
        {
            throw Throw.TypeError("an unfinished task can only be awaited in an async proc or at the top level");
        }

        _top = top;
        _tasks.RunUntil(awaited);
        return true;
    }

    private static Value ResultOf(TaskObject task) => task.State == TaskState.Finished ? task.Result
        : task.State == TaskState.Failed ? throw new ScriptErrorException(task.Error!)
        : throw Throw.Error(ErrorKinds.Cancelled, $"the awaited task {task.Name} was cancelled");

    /// <summary>Finds the handler of an error and removes the frames above it; false if the loop has to end.</summary>
    private bool Unwind(int entry, int pc, ErrorObject error)
    {
        _frames[_frameCount - 1].Pc = pc;
        NoteLine(error);
        while (_frameCount > entry)
        {
            ref StackFrame frame = ref _frames[_frameCount - 1];
            if (error.IsCatchable && FindHandler(frame, out StackHandler handler))
            {
                _top = frame.Base + frame.Closure.Proc.LocalCount + handler.Depth;
                _stack[_top++] = Value.FromObject(error);
                frame.Pc = handler.Target;
                return true;
            }

            if (frame.Coroutine is { } coroutine)
            {
                coroutine.IsDone = true;
            }

            _frameCount--;
        }

        return false;
    }

    private static bool FindHandler(in StackFrame frame, out StackHandler found)
    {
        foreach (StackHandler handler in frame.Closure.Proc.Handlers)
        {
            if (frame.Pc > handler.Start && frame.Pc <= handler.End)
            {
                found = handler;
                return true;
            }
        }

        found = default;
        return false;
    }

    private void NoteLine(ErrorObject error)
    {
        if (!ReferenceEquals(error, _raised))
        {
            ref StackFrame frame = ref _frames[_frameCount - 1];
            ErrorLine = frame.Closure.Proc.Lines[Math.Max(0, frame.Pc - 1)];
            _raised = error;
        }
    }
}
