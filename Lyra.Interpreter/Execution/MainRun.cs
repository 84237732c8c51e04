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
    private readonly Interpreter _interpreter;
    private readonly bool _isOuter;
    private readonly TaskObject? _outerMain;
    private readonly TaskObject _main = new("<module>") { IsTopLevel = true };
    private readonly List<TaskObject> _postponed = [];
    private readonly int _entry;
    private readonly bool _isCallback;
    private bool _isMainDone;
    private bool _isMainReady = true;

    public MainRun(Interpreter interpreter, ModuleInstance module, in RunLimits limits)
    {
        _interpreter = interpreter;
        _isOuter = interpreter.EnterRun(limits);
        _outerMain = interpreter.TaskRunner.MainTask;
        interpreter.TaskRunner.MainTask = _main;
        int first = interpreter.Stack.End;
        try
        {
            interpreter.Limiter.RefuseCancelled();
            if (!_isOuter)
            {
                // A host delegate that a script called: it counts as a frame, as in a call of the engine.
                interpreter.Stack.EnterNative(interpreter);
                _isCallback = true;
            }

            interpreter.PushFrame(new Closure(module.Main!, []), first, first, FrameFlags.Entry);
        }
        catch
        {
            // Every exception: it is rethrown, and a run that did not begin must not stay open.
            Dispose();
            throw;
        }

        _entry = interpreter.Stack.Top;
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
            catch (ScriptErrorException e) when (!_isMainDone && _interpreter.Stack.Top >= _entry)
            {
                // A task ended the run. The finally blocks of the top level, which waits, still run.
                RaiseInMain(e.Error);
            }
        }
    }

    public void Dispose()
    {
        _interpreter.TaskRunner.MainTask = _outerMain;
        foreach (TaskObject task in _postponed)
        {
            _interpreter.EventLoop.Enqueue(task);
        }

        if (_isOuter)
        {
            _interpreter.EventLoop.Clear();
        }

        if (_isCallback)
        {
            _interpreter.Stack.ExitNative(_interpreter);
        }

        _interpreter.ExitRun(_isOuter);
    }

    private void RunMain()
    {
        _isMainReady = false;
        if (_interpreter.Unwinder.RunToExit(_entry) == LoopExit.Returned)
        {
            _isMainDone = true;
            Result = _interpreter.TakeResult();
        }
    }

    /// <summary>Runs the next ready task.</summary>
    private bool RunReady()
    {
        _interpreter.Charge(1);
        if (_isOuter)
        {
            _interpreter.Profile?.BeginTurn();
        }

        if (!_interpreter.EventLoop.TryDequeue(out TaskObject? task))
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
            _interpreter.TaskRunner.Run(task);
        }

        return true;
    }

    private bool AtRest()
    {
        EventLoop loop = _interpreter.EventLoop;
        if (loop.HasWork || (!_isMainDone && loop.HasAbandoned))
        {
            _interpreter.OnBudgetSpent();
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

        _interpreter.Limiter.CheckEnd(_isOuter);
        return true;
    }

    private void RaiseInMain(ErrorObject error)
    {
        if (!_interpreter.TaskRunner.RaiseAtAwait(_entry, error))
        {
            throw new ScriptErrorException(_interpreter.Unwinder.Failure!);
        }

        _isMainReady = true;
    }
}
