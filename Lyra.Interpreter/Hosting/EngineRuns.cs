using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// The runs of one engine: each enters the engine's gate, has the limits of the engine's options, and turns the errors of scripts into the
/// exceptions of the host.
/// </summary>
internal sealed class EngineRuns
{
    private readonly LyraEngine _engine;
    private readonly Execution.Interpreter _interpreter;
    private readonly EngineGate _gate;

    /// <summary>The limits of the options. The limiter prepares a run faster if it gets the same object as before.</summary>
    private readonly LyraLimits _limits;

    /// <param name="engine">The engine, which the exceptions name as their owner.</param>
    /// <param name="interpreter">Runs the code.</param>
    /// <param name="gate">Admits one thread at a time.</param>
    public EngineRuns(LyraEngine engine, Execution.Interpreter interpreter, EngineGate gate)
    {
        _engine = engine;
        _interpreter = interpreter;
        _gate = gate;
        _limits = engine.Options.Limits;
    }

    /// <summary>The figures of the runs.</summary>
    public RunCounters Counters => field ??= new RunCounters();

    /// <summary>The innermost run of a module; null when none runs.</summary>
    public ModuleRun? Current { get; private set; }

    /// <summary>Runs source text as a script of its own, or as the next input of a session.</summary>
    public LyraValue Run(string source, string? fileName, SessionNames? session, CancellationToken cancellationToken)
    {
        long start = _engine.Options.LimitClock.GetTimestamp();
        LyraScript script = CompileWithin(FullLimits(cancellationToken), source, fileName, session?.NewInput());
        if (script.Diagnostics.Count > 0)
        {
            OnWarnings?.Invoke(script.Diagnostics);
        }

        return Run(script, LimitsFrom(start, cancellationToken), session);
    }

    /// <summary>Called with the warnings of a source text before it runs.</summary>
    public Action<IReadOnlyList<Diagnostic>>? OnWarnings { get; set; }

    /// <summary>Runs a compiled script, and the tasks that it starts.</summary>
    public LyraValue Run(LyraScript script, CancellationToken cancellationToken) => Run(script, FullLimits(cancellationToken));

    /// <summary>Compiles source text and runs it without blocking a thread while all tasks wait.</summary>
    public Task<LyraValue> RunAsync(string source, string? fileName, CancellationToken cancellationToken)
    {
        long start = _engine.Options.LimitClock.GetTimestamp();
        LyraScript script = CompileWithin(FullLimits(cancellationToken), source, fileName);
        return RunAsync(script, LimitsFrom(start, cancellationToken));
    }

    /// <summary>Runs a compiled script without blocking a thread while all tasks wait.</summary>
    public Task<LyraValue> RunAsync(LyraScript script, CancellationToken cancellationToken) =>
        RunAsync(script, FullLimits(cancellationToken));

    /// <summary>Compiles source text to look for its faults, within the limits of a run.</summary>
    public LyraScript CompileToCheck(string source, string? fileName, CancellationToken cancellationToken) =>
        CompileWithin(FullLimits(cancellationToken), source, fileName, isCheck: true);

    /// <summary>Calls a value as a run of its own, or within the run of the calling thread.</summary>
    public Value CallValue(in Value callee, ReadOnlySpan<Value> arguments, CancellationToken cancellationToken) =>
        CallValue(callee, arguments, FullLimits(cancellationToken));

    /// <summary>Calls a value without blocking a thread while it awaits.</summary>
    public Task<Value> CallValueAsync(in Value callee, Value[] arguments, CancellationToken cancellationToken)
    {
        RunLimits limits = FullLimits(cancellationToken);
        return _gate.IsInside ? CallWithinRun(callee, arguments, limits) : CallAlone(callee, arguments, limits);
    }

    /// <summary>Does an operation as a run of its own, or within the run of the calling thread.</summary>
    public Value Operate(ReadOnlySpan<Value> operands, Func<Value> operation)
    {
        _gate.Enter();
        try
        {
            _interpreter.HostCalls.Admit(operands);
            using BlockingRun blocking = new(_interpreter.EventLoop);
            Value result = OperateInRun(operation);
            EngineBoundary.Exit(_interpreter, result);
            return result;
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw Failed(error);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Tasks that hooks start are dropped, unless a run encloses the operation.</summary>
    private Value OperateInRun(Func<Value> operation)
    {
        bool isOuter = _interpreter.EnterRun(FullLimits(CancellationToken.None));
        try
        {
            Value result = operation();
            _interpreter.Limiter.CheckEnd(isOuter);
            return result;
        }
        finally
        {
            if (isOuter && _interpreter.EventLoop.HasRemains)
            {
                _interpreter.EventLoop.Clear();
            }

            _interpreter.ExitRun(isOuter);
        }
    }

    /// <summary>Runs a module's top level, then the event loop until no task is left. Blocks no thread while every task waits.</summary>
    private async Task<LyraValue> RunAsync(LyraScript script, RunLimits limits)
    {
        _gate.EnterAlone();
        try
        {
            ModuleRun run = Begin(script);
            try
            {
                Value result;
                using (MainRun main = _interpreter.BeginRun(run.Module, limits))
                {
                    while (!main.Step())
                    {
                        await WaitForWork();
                    }

                    result = main.Result;
                }

                return Shown(result);
            }
            finally
            {
                End(run);
            }
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw Failed(error);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Compiles for this engine, whose limits for a run hold for the compilation.</summary>
    private LyraScript CompileWithin(
        in RunLimits limits, string source, string? fileName, SessionInput? input = null, bool isCheck = false)
    {
        _gate.Enter();
        try
        {
            using CompilationCharge charge = _interpreter.BeginCompilation(limits);
            LyraScript script = Compile(source, fileName, _engine.Options.OptimizationLevel, input, isCheck, charge.Meter);
            if (isCheck)
            {
                // No run follows that would notice a cancellation.
                _interpreter.Limiter.CheckClock(0);
            }

            return script;
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw Failed(error);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Compiles for this engine at a given optimization level.</summary>
    public LyraScript Compile(
        string source, string? fileName, int optimizationLevel, SessionInput? input, bool isCheck = false, WorkMeter? meter = null)
    {
        _gate.Enter();
        try
        {
            return ScriptCompiler.Compile(
                source,
                fileName ?? LyraScript.DefaultFileName,
                optimizationLevel,
                _interpreter.Globals.ContainsKey,
                meter,
                SurroundingsOf(input, isCheck));
        }
        finally
        {
            _gate.Exit();
        }
    }

    private ScriptSurroundings? SurroundingsOf(SessionInput? input, bool isCheck)
    {
        Func<string, bool>? enums = _interpreter.HostTypes?.HasEnums == true ? _interpreter.IsHostEnum : null;
        IModuleLoader? modules = _engine.Options.ModuleLoader;
        return modules is null && input is null && !isCheck && enums is null
            ? null
            : new ScriptSurroundings(modules, input, isCheck) { HostEnums = enums };
    }

    private LyraValue Run(LyraScript script, in RunLimits limits, SessionNames? session = null)
    {
        _gate.Enter();
        try
        {
            using BlockingRun blocking = new(_interpreter.EventLoop);
            // The host's delegates may run scripts that call them again, to the frame limit.
            return RuntimeHelpers.TryEnsureSufficientExecutionStack()
                ? RunHere(script, limits, session)
                : RunApart(script, limits, session);
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw Failed(error);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private LyraValue RunHere(LyraScript script, in RunLimits limits, SessionNames? session)
    {
        ModuleRun run = Begin(script, session);
        WarmUpPause.Shared.Begin();
        try
        {
            Value result = _interpreter.Run(run.Module, limits);
            run.IsComplete = true;
            return Shown(result);
        }
        finally
        {
            End(run);
        }
    }

    /// <summary>Runs on a new native stack. A separate method, because otherwise every run would allocate the closure.</summary>
    private LyraValue RunApart(LyraScript script, RunLimits limits, SessionNames? session)
    {
        LyraValue result = default;
        _interpreter.WithNativeStack(() => result = RunHere(script, limits, session));
        return result;
    }

    /// <summary>The exception for an error of a run, which is reported if the run is the outermost.</summary>
    private Exception Failed(ErrorObject error)
    {
        if (!_interpreter.IsRunning)
        {
            _engine.Monitor.RunFailed(error);
        }

        return error.Class == ErrorClass.RunCancellation
            ? new LyraCanceledException(error, _engine, _interpreter.Limiter.CancelledBy)
            : LyraException.From(error, _engine);
    }

    private LyraValue Shown(in Value result)
    {
        EngineBoundary.Exit(_interpreter, result);
        return new LyraValue(result);
    }

    private ModuleRun Begin(LyraScript script, SessionNames? session = null)
    {
        SessionRun? input = session is null ? null : new SessionRun(session, script.Input!);
        ModuleInstance module = _interpreter.Modules.Link(script.Module, script.FileName, out GrowableArray<ExternalName> missing);
        if (missing.Count > 0)
        {
            input?.Publish(module, isComplete: false);
            throw new LyraCompileException(UndefinedNames.Add(script, missing, _interpreter.Globals.ContainsKey));
        }

        input?.Bind(module);
        return Current = new ModuleRun(_interpreter, module, Counters, Current) { Input = input };
    }

    private void End(ModuleRun run)
    {
        run.End();
        Current = run.Outer;
    }

    private RunLimits FullLimits(CancellationToken cancellationToken) => new(_limits, cancellationToken);

    /// <summary>The limits of a run whose compilation began at <paramref name="start"/> and counts as run time.</summary>
    private RunLimits LimitsFrom(long start, CancellationToken cancellationToken) =>
        FullLimits(cancellationToken) with { Used = _engine.Options.LimitClock.GetElapsedTime(start) };

    private Value CallValue(in Value callee, ReadOnlySpan<Value> arguments, in RunLimits limits)
    {
        _gate.Enter();
        try
        {
            Value result = _interpreter.HostCalls.Call(callee, arguments, limits);
            EngineBoundary.Exit(_interpreter, result);
            return result;
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw Failed(error);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private async Task<Value> CallAlone(Value callee, Value[] arguments, RunLimits limits)
    {
        _gate.EnterAlone();
        try
        {
            _interpreter.HostCalls.Admit(arguments);
            using HostCallRun run = _interpreter.HostCalls.Begin(limits);
            run.Begin(callee, arguments);
            while (!run.Step())
            {
                await WaitForWork();
            }

            Value result = run.End();
            EngineBoundary.Exit(_interpreter, result);
            return result;
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw Failed(error);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>A call by a host delegate that a script calls: the run that encloses it runs the tasks.</summary>
    private async Task<Value> CallWithinRun(Value callee, Value[] arguments, RunLimits limits)
    {
        Value result = CallValue(callee, arguments, limits);
        return result.Ref is TaskObject task ? await _interpreter.EventLoop.HostTaskOf(task).ConfigureAwait(false) : result;
    }

    /// <summary>Waits for the host or a timer, while the gate stays closed.</summary>
    private EngineGate.Absence WaitForWork()
    {
        Task work = _interpreter.EventLoop.WaitForWorkAsync();
        Monitoring.Poll();
        return _gate.WhileAway(work);
    }
}
