using System;
using System.Collections;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

/// <summary>
/// Runs scripts. What they define stays in the engine and is seen by those that run later. An engine is used by one thread at a time and says so when it
/// is not; different threads may use it one after another. After any error it stays usable.
/// </summary>
public sealed partial class LyraEngine : IDisposable, IScriptCaller
{
    private const int StressSeed = 1;

    private readonly EngineGate _gate = new();
    private readonly RunCounters _counters = new();
    private readonly Interpreter.Execution.Interpreter _interpreter;
    private readonly JitControl? _jit;
    private readonly JitEvents _jitEvents = new();
    private ModuleRun? _run;
    private bool _isDisposed;

    /// <summary>An engine with <see cref="LyraOptions.Default"/>.</summary>
    public LyraEngine()
        : this(LyraOptions.Default)
    {
    }

    /// <summary>An engine with the given options.</summary>
    public LyraEngine(LyraOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _jit = options.Jit == JitMode.Off ? null : new JitControl(RuntimeFeature.IsDynamicCodeCompiled);
        HostServices host = new()
        {
            Capabilities = options.Capabilities,
            Output = options.Output,
            Input = options.Input,
            BaseFolder = options.BaseFolder,
            ReadFolders = [.. options.ReadFolders],
            WriteFolders = [.. options.WriteFolders],
            Arguments = [.. options.Arguments],
            Time = HostClock.Of(options.Time),
            Caller = this,
            Jit = _jit,
        };
        _interpreter = new(new InterpreterSettings(options.Limits.MaxFrames, host, options.Limits.MaxMemoryBytes, options.SlabSlots, TiersOf(options)));
        _interpreter.Listener = _jitEvents;
        _jit?.Serve(_interpreter);
        if (options.Jit == JitMode.Stress && RuntimeFeature.IsDynamicCodeCompiled)
        {
            TierWarmUp.Complete();
        }

        Globals = new LyraGlobals(_interpreter.Globals, _gate);
        if (options.ModuleLoader is { } loader)
        {
            _interpreter.ModuleResolver = new ModuleResolver(loader, options.OptimizationLevel, _interpreter.Globals.ContainsKey);
        }
    }

    /// <summary>
    /// What the compiler to machine code does, as it happens, on the thread that runs the script. Subscribers must not use the engine. The same can be
    /// had from outside of the process: it goes to the event source <c>Lyra</c>, too.
    /// </summary>
    public event Action<LyraJitEvent>? JitEvents
    {
        add => _jitEvents.Happened += value;
        remove => _jitEvents.Happened -= value;
    }

    /// <summary>The options that it was made with.</summary>
    public LyraOptions Options { get; }

    /// <summary>The variables that every script of the engine sees.</summary>
    public LyraGlobals Globals { get; }

    /// <summary>What the engine has done so far.</summary>
    public LyraStatistics Statistics => InGate(this, static engine => StatisticsReader.Read(engine._interpreter, engine._counters));

    /// <summary>Makes a delegate of the host a proc of every script. Arguments are converted and checked; a task that it returns is one in the script.</summary>
    /// <remarks>The name of a builtin hides it from the scripts that are compiled or linked from then on.</remarks>
    /// <exception cref="ArgumentException">The name is no identifier, or the delegate has parameters that no script can pass.</exception>
    public void Define(string name, Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Identifier.Check(name);
        Globals.Set(name, Value.FromObject(new NativeProc(DelegateAdapter.Create(name, function))));
    }

    /// <summary>Makes a value of the host a variable of every script.</summary>
    /// <exception cref="ArgumentException">The name is no identifier, or there is no script value for the object.</exception>
    /// <exception cref="NotSupportedException">The object is a collection: copy it into the script with <see cref="LyraValue.From"/>.</exception>
    public void Define(string name, object? value)
    {
        Identifier.Check(name);
        if (value is Delegate function)
        {
            Define(name, function);
            return;
        }

        if (value is IEnumerable and not string and not LyraListView and not LyraMapView)
        {
            throw new NotSupportedException(
                $"'{name}' is a collection of the host, which scripts can't use in place; give them a copy: engine.Globals[\"{name}\"] = LyraValue.From(…).");
        }

        Globals.Set(name, HostWriter.Write(value));
    }

    /// <summary>Ends the use of the engine.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using it.</exception>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _gate.Close();
            _interpreter.CloseTiers();
            _isDisposed = true;
        }
    }

    Value IScriptCaller.Call(in Value callee, ReadOnlySpan<Value> arguments) => CallValue(callee, arguments);

    TaskObject IScriptCaller.BeginTask(string name, out int run) => _interpreter.EventLoop.BeginExternal(name, out run);

    void IScriptCaller.EndTask(int run, Action finish) => _interpreter.EventLoop.EndExternal(run, finish);

    void IScriptCaller.RunInStead(Action body) => _gate.RunInStead(body);

    /// <summary>What the options say of compiling; null where nothing is compiled, because the options or the platform do not want it.</summary>
    private static TierSettings? TiersOf(LyraOptions options) => options.Jit switch
    {
        JitMode.Off => null,
        _ when !RuntimeFeature.IsDynamicCodeCompiled => null,
        JitMode.Stress => TierSettings.Stressed(StressSeed),
        _ => new TierSettings(
            options.HotLoopThreshold, options.HotProcThreshold, options.HotExitThreshold, null, options.CompilesInBackground ?? TierSettings.BackgroundByDefault)
        {
            Guards = options.Guards,
        },
    };

    private TResult InGate<TState, TResult>(TState state, Func<TState, TResult> action)
    {
        _gate.Enter();
        try
        {
            return action(state);
        }
        finally
        {
            _gate.Leave();
        }
    }
}
