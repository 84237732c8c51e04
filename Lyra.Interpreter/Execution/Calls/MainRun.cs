using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>One run of a module, executed in steps. A step ends when every task waits for time or for the host.</summary>
internal sealed class MainRun : IDisposable
{
    private readonly FrameContext _frames;
    private readonly IRunScope _scope;
    private readonly RunLimiter _limiter;
    private readonly TaskRunner _tasks;
    private readonly Unwinder _unwinder;
    private readonly bool _isOuter;
    private readonly TaskObject? _outerMain;
    private readonly TaskObject _main = new("<module>") { IsTopLevel = true };
    private readonly List<TaskObject> _postponed = [];
    private readonly int _entry;
    private readonly bool _isCallback;
    private bool _isMainDone;
    private bool _isMainReady = true;

    /// <param name="frames">The stacks.</param>
    /// <param name="scope">Begins and ends the run.</param>
    /// <param name="limiter">The limits of the run.</param>
    /// <param name="tasks">Runs the tasks.</param>
    /// <param name="unwinder">Runs the frame of the top level.</param>
    /// <param name="module">The module.</param>
    /// <param name="limits">The limits to set, if this is the outermost run.</param>
    public MainRun(
        FrameContext frames,
        IRunScope scope,
        RunLimiter limiter,
        TaskRunner tasks,
        Unwinder unwinder,
        ModuleInstance module,
        in RunLimits limits)
    {
        (_frames, _scope, _limiter, _tasks, _unwinder) = (frames, scope, limiter, tasks, unwinder);
        _isOuter = scope.EnterRun(limits);
        _outerMain = tasks.MainTask;
        tasks.MainTask = _main;
        int first = frames.Stack.End;
        try
        {
            limiter.RefuseCancelled();
            frames.ChargeMemory(module.CodeBytes);
            if (!_isOuter)
            {
                // A host delegate that a script called: it counts as a frame, as in a call of the engine.
                frames.Stack.EnterNative(frames);
                _isCallback = true;
            }

            frames.PushFrame(new Closure(module.Main!, []), first, first, FrameFlags.Entry);
        }
        catch
        {
            // Every exception: it is rethrown, and a run that did not begin must not stay open.
            Dispose();
            throw;
        }

        _entry = frames.Stack.Top;
    }

    public Value Result { get; private set; }

    /// <summary>Runs the tasks that are ready.</summary>
    /// <returns>True at the end of the run; false when there is something to wait for.</returns>
    public bool Step()
    {
        while (true)
        {
            try
            {
                if (_isMainReady)
                {
                    RunMain();
                }

                if (!RunReady())
                {
                    return AtRest();
                }
            }
            catch (ScriptErrorException e) when (!_isMainDone && _frames.Stack.Top >= _entry)
            {
                // A task ended the run. The finally blocks of the top level, which waits, still run.
                RaiseInMain(e.Error);
            }
        }
    }

    public void Dispose()
    {
        _tasks.MainTask = _outerMain;
        foreach (TaskObject task in _postponed)
        {
            _tasks.Loop.Enqueue(task);
        }

        if (_isOuter)
        {
            _tasks.Loop.Clear();
        }

        if (_isCallback)
        {
            _frames.Stack.ExitNative(_frames);
        }

        _scope.ExitRun(_isOuter);
    }

    private void RunMain()
    {
        _isMainReady = false;
        _frames.Stack.Running.Flags &= ~FrameFlags.Waiting;
        if (_unwinder.RunToExit(_entry) == LoopExit.Returned)
        {
            _isMainDone = true;
            Result = _frames.TakeResult();
            return;
        }

        _frames.Stack.Running.Flags |= FrameFlags.Waiting;
    }

    /// <summary>Runs the next ready task.</summary>
    private bool RunReady()
    {
        _frames.Charge(1);
        if (_isOuter)
        {
            _scope.BeginTurn();
        }

        if (!_tasks.Loop.TryDequeue(out TaskObject? task))
        {
            return false;
        }

        if (ReferenceEquals(task, _main))
        {
            _isMainReady = true;
        }
        else if (task!.IsTopLevel)
        {
            // The top level of an outer run, which can't continue before this run has ended.
            _postponed.Add(task);
        }
        else
        {
            _tasks.Run(task);
        }

        return true;
    }

    private bool AtRest()
    {
        EventLoop loop = _tasks.Loop;
        if (loop.HasWork || (!_isMainDone && loop.HasAbandoned))
        {
            _frames.OnBudgetSpent();
            return false;
        }

        if (!_isMainDone)
        {
            throw Throw.Error(ErrorKinds.Error, "the awaited task can never finish: no other task is left to run");
        }

        if (_isOuter && loop.TakeUnobservedFailure() is { } failed)
        {
            throw new ScriptErrorException(failed.Error!);
        }

        _limiter.CheckEnd(_isOuter);
        return true;
    }

    private void RaiseInMain(ErrorObject error)
    {
        _frames.Stack.Running.Flags &= ~FrameFlags.Waiting;
        if (!_tasks.RaiseAtAwait(_entry, error))
        {
            throw new ScriptErrorException(_frames.Failure!);
        }

        _isMainReady = true;
    }
}
