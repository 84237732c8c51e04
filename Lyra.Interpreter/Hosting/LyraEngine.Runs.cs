using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>Running scripts.</content>
public sealed partial class LyraEngine
{
    /// <summary>Compiles and runs source text, and the tasks that it starts.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name shown in errors and traces. Paths of <c>import</c> are relative to it.</param>
    /// <param name="cancellationToken">Stops the run with a <see cref="LyraCanceledException"/>.</param>
    /// <returns>The value of the last expression statement.</returns>
    /// <exception cref="LyraCompileException">The source has errors.</exception>
    /// <exception cref="LyraException">The script threw an error and did not catch it.</exception>
    /// <exception cref="LyraLimitException">The run reached a limit of <see cref="LyraOptions.Limits"/>.</exception>
    /// <exception cref="LyraCanceledException">The token was cancelled.</exception>
    /// <exception cref="LyraExitException">The script called <c>exit</c>.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public LyraValue Run(string source, string? fileName = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Run(source, fileName, session: null, cancellationToken);
    }

    /// <summary>Runs source text as a script of its own, or as the next input of a session.</summary>
    internal LyraValue Run(string source, string? fileName, SessionNames? session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        long start = Options.LimitClock.GetTimestamp();
        LyraScript script = CompileForRun(source, fileName, FullLimits(cancellationToken), session?.NewInput());
        if (script.Diagnostics.Count > 0)
        {
            OnWarnings?.Invoke(script.Diagnostics);
        }

        return Run(script, LimitsFrom(start, cancellationToken), session);
    }

    /// <summary>Called with the warnings of a source text before it runs.</summary>
    internal Action<IReadOnlyList<Diagnostic>>? OnWarnings { get; set; }

    /// <summary>Runs a compiled script, and the tasks that it starts.</summary>
    /// <returns>The value of the last expression statement.</returns>
    /// <exception cref="LyraCompileException">The script uses a name that neither it nor the engine defines.</exception>
    /// <inheritdoc cref="Run(string, string, CancellationToken)"/>
    public LyraValue Run(LyraScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        return Run(script, FullLimits(cancellationToken));
    }

    /// <summary>Compiles source text and runs it as <see cref="RunAsync(LyraScript, CancellationToken)"/> does.</summary>
    /// <inheritdoc cref="Run(string, string, CancellationToken)"/>
    public Task<LyraValue> RunAsync(string source, string? fileName = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        long start = Options.LimitClock.GetTimestamp();
        return RunAsync(CompileForRun(source, fileName, FullLimits(cancellationToken)), LimitsFrom(start, cancellationToken));
    }

    /// <summary>
    /// Runs a compiled script, and the tasks that it starts, without blocking a thread while all of them wait. The engine is in use until
    /// the returned task completes. After a wait, the script continues on a thread of the pool.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine is in use, by this or another thread.</exception>
    /// <inheritdoc cref="Run(LyraScript, CancellationToken)"/>
    public Task<LyraValue> RunAsync(LyraScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        return RunAsync(script, FullLimits(cancellationToken));
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
        catch (ScriptErrorException e)
        {
            throw Failed(e.Error);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Compiles source text without running it, and returns the errors and warnings in source order.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name shown in the diagnostics.</param>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public IReadOnlyList<Diagnostic> Check(string source, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            return Compile(source, fileName, isCheck: true).Diagnostics;
        }
        catch (LyraCompileException e)
        {
            return e.Diagnostics;
        }
    }

    /// <summary>Returns the warnings of a compiled script, and an error for each name that neither it nor the engine defines.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public IReadOnlyList<Diagnostic> Check(LyraScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        _gate.Enter();
        try
        {
            _interpreter.Modules.Link(script.Module, script.FileName, out GrowableArray<ExternalName> missing);
            return UndefinedNames.Add(script, missing, _interpreter.Globals.ContainsKey);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Compiles for a run of this engine, whose limits hold for the compilation, too.</summary>
    private LyraScript CompileForRun(string source, string? fileName, in RunLimits limits, SessionInput? input = null)
    {
        _gate.Enter();
        try
        {
            using CompilationCharge charge = _interpreter.BeginCompilation(limits);
            return Compile(source, fileName, isCheck: false, charge.Meter, input);
        }
        catch (ScriptErrorException e)
        {
            throw Failed(e.Error);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Compiles for this engine, whose globals are known names. The engine must not be in use by another thread.</summary>
    private LyraScript Compile(
        string source, string? fileName, bool isCheck, CompilationMeter? meter = null, SessionInput? input = null) =>
        Compile(source, fileName, Options.OptimizationLevel, input, isCheck, meter);

    /// <summary>Compiles for this engine at a given optimization level.</summary>
    internal LyraScript Compile(
        string source, string? fileName, int optimizationLevel, SessionInput? input, bool isCheck = false, CompilationMeter? meter = null)
    {
        _gate.Enter();
        try
        {
            return ScriptCompiler.Compile(
                source,
                fileName ?? LyraScript.DefaultFileName,
                optimizationLevel,
                _interpreter.Globals.ContainsKey,
                isCheck,
                meter,
                input);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private LyraValue Run(LyraScript script, in RunLimits limits, SessionNames? session = null)
    {
        _gate.Enter();
        try
        {
            // The host's delegates may run scripts that call them again, to the frame limit.
            return RuntimeHelpers.TryEnsureSufficientExecutionStack()
                ? RunHere(script, limits, session)
                : RunApart(script, limits, session);
        }
        catch (ScriptErrorException e)
        {
            throw Failed(e.Error);
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
            _monitor.RunFailed(error);
        }

        return error.Class == ErrorClass.RunCancellation
            ? new LyraCanceledException(error, this, _interpreter.Limiter.CancelledBy)
            : LyraException.From(error, this);
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
        return _run = new ModuleRun(_interpreter, module, _counters, _run) { Input = input };
    }

    private void End(ModuleRun run)
    {
        run.End();
        _run = run.Outer;
    }

    private RunLimits FullLimits(CancellationToken cancellationToken) =>
        new(Options.Limits.MaxSteps, Options.Limits.Timeout, cancellationToken);

    /// <summary>The limits of a run whose compilation began at <paramref name="start"/> and counts as run time.</summary>
    private RunLimits LimitsFrom(long start, CancellationToken cancellationToken) =>
        FullLimits(cancellationToken) with { Used = Options.LimitClock.GetElapsedTime(start) };
}
