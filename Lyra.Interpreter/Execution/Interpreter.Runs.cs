using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// Whole runs, as the host starts them: a module's top level and the tasks it leaves, or a call of a proc. A run that begins inside another one
/// (a host delegate that calls the engine) shares its budget and its event loop.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>Stands in the ready queue for the top level that waits for a task; one per run, null outside.</summary>
    private TaskObject? _mainTask;

    private int _runDepth;

    /// <summary>Runs a module's top level, then the event loop until no task is left.</summary>
    /// <returns>The value of the module's last expression statement.</returns>
    /// <exception cref="ScriptErrorException">An error that nothing caught, that of an unawaited task, a limit, or <c>exit</c>.</exception>
    public Value Run(ModuleInstance module, in RunLimits limits)
    {
        using MainRun run = new(this, module, limits);
        while (!run.Step())
        {
            _eventLoop.WaitForWork();
        }

        return run.Result;
    }

    /// <summary>As <see cref="Run"/>, but no thread waits while every task waits for something outside.</summary>
    public async Task<Value> RunAsync(ModuleInstance module, RunLimits limits, EngineGate gate)
    {
        using MainRun run = new(this, module, limits);
        while (!run.Step())
        {
            Task work = _eventLoop.WaitForWorkAsync();
            gate.Suspend();
            await work.ConfigureAwait(false);
            gate.Resume();
        }

        return run.Result;
    }

    private bool EnterRun(in RunLimits limits)
    {
        RequireFrames();
        bool isOuter = _runDepth++ == 0;
        if (isOuter)
        {
            BeginRun(limits);
        }

        return isOuter;
    }

    /// <summary>Leaves a run; after the outermost one nothing of it stays on the stacks.</summary>
    private void LeaveRun(bool isOuter)
    {
        _runDepth--;
        if (!isOuter)
        {
            return;
        }

        _top = -1;
        if (_isRecording)
        {
            ReportSuspended();
        }

        _coroutines.Clear();
        _tasks.Clear();
        _protected.Clear();
        _importing.Clear();
        _result = default;
        _failure = null;
        if (_stack.Length > 16 * InitialStack)
        {
            _stack = new Value[InitialStack];
            _frames = new Frame[InitialFrames];
            UpdateTopLimit();
        }
        else
        {
            Array.Clear(_stack);
            Array.Clear(_frames);
        }
    }

    /// <summary>One run of a module: steps until it is finished, pausing whenever everything waits for time or for the host.</summary>
    private sealed class MainRun : IDisposable
    {
        private readonly Interpreter _owner;
        private readonly bool _isOuter;
        private readonly TaskObject? _outerMain;
        private readonly TaskObject _main = new("<module>") { IsTopLevel = true };
        private readonly List<TaskObject> _postponed = [];
        private readonly int _entry;
        private bool _isMainDone;
        private bool _isMainReady = true;

        public MainRun(Interpreter owner, ModuleInstance module, in RunLimits limits)
        {
            _owner = owner;
            _isOuter = owner.EnterRun(limits);
            _outerMain = owner._mainTask;
            owner._mainTask = _main;
            int first = owner.StackEnd();
            try
            {
                owner.RefuseCancelled();
                owner.PushFrame(new Closure(module.Main!, []), first, first, FrameFlags.Entry);
            }
            catch
            {
                Dispose();
                throw;
            }

            _entry = owner._top;
        }

        public Value Result { get; private set; }

        /// <summary>Runs what is ready.</summary>
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
                catch (ScriptErrorException e) when (!_isMainDone && _owner._top >= _entry)
                {
                    // A task ended the run: the top level, which waits, still gets its finally blocks.
                    RaiseInMain(e.Error);
                }
            }
        }

        public void Dispose()
        {
            _owner._mainTask = _outerMain;
            foreach (TaskObject task in _postponed)
            {
                _owner._eventLoop.Enqueue(task);
            }

            if (_isOuter)
            {
                _owner._eventLoop.Clear();
            }

            _owner.LeaveRun(_isOuter);
        }

        private void RunMain()
        {
            _isMainReady = false;
            if (_owner.RunToExit(_entry) == LoopExit.Returned)
            {
                _isMainDone = true;
                Result = _owner.TakeResult();
            }
        }

        /// <summary>Gives the next ready task its turn.</summary>
        private bool RunReady()
        {
            _owner.Charge(1);
            if (!_owner._eventLoop.TryDequeue(out TaskObject? task))
            {
                return false;
            }

            if (ReferenceEquals(task, _main))
            {
                _isMainReady = true;
            }
            else if (task!.IsTopLevel)
            {
                // The top level of an outer run, which can't go on before this run has ended.
                _postponed.Add(task);
            }
            else
            {
                _owner.RunTask(task);
            }

            return true;
        }

        private bool AtRest()
        {
            if (_owner._eventLoop.HasWork || (!_isMainDone && _owner._eventLoop.HasAbandoned))
            {
                _owner.OnBudgetSpent();
                return false;
            }

            if (!_isMainDone)
            {
                throw Throw.Error(ErrorKinds.Error, "the awaited task can never finish: no other task is left to run");
            }

            if (_isOuter && _owner._eventLoop.TakeUnobservedFailure() is { } failed)
            {
                throw new ScriptErrorException(failed.Error!);
            }

            _owner.RequireNotEnding(_isOuter);
            return true;
        }

        private void RaiseInMain(ErrorObject error)
        {
            if (!_owner.RaiseAtAwait(_entry, error))
            {
                throw new ScriptErrorException(_owner._failure!);
            }

            _isMainReady = true;
        }
    }
}
