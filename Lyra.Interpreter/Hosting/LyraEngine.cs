using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Dates;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

/// <summary>Runs scripts.</summary>
/// <remarks>
/// <para>
/// The variables and procs that a script defines at its top level become <see cref="Globals"/> of the engine. Scripts that run later see
/// them, and the host can read and call them.
/// </para>
/// <para>
/// One thread at a time may use an engine; a second one gets an <see cref="InvalidOperationException"/>. Threads may use it one after
/// another. Engines share nothing, so that each thread can have its own. An engine stays usable after any error.
/// </para>
/// </remarks>
public sealed partial class LyraEngine : IDisposable, IScriptCaller
{
    private const int StressSeed = 1;

    private readonly EngineGate _gate = new();
    private readonly Interpreter.Execution.Interpreter _interpreter;
    private readonly JitControl? _jit;
    private readonly VmControl _vm;
    private readonly JitEvents _jitEvents;
    private readonly EngineMonitor _monitor;
    private readonly EngineRuns _runs;
    private bool _isDisposed;

    /// <summary>Creates an engine with <see cref="LyraOptions.Default"/>.</summary>
    public LyraEngine()
        : this(LyraOptions.Default)
    {
    }

    /// <summary>Creates an engine with the given options.</summary>
    /// <param name="options">The options. They can't be changed later.</param>
    /// <exception cref="ArgumentException">Options contradict each other: <see cref="LyraOptions.CacheEvictFrom"/> is not greater than
    /// <see cref="LyraOptions.CacheKept"/>.</exception>
    public LyraEngine(LyraOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _jit = options.Jit == JitMode.Off ? null : new JitControl(RuntimeFeature.IsDynamicCodeCompiled);
        _vm = new VmControl(ReadStatistics);
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
            Vm = _vm,
        };
        LyraLimits limits = options.Limits;
        int id = Interpreter.Execution.Interpreter.NextEngineId();
        _monitor = new EngineMonitor(id);
        _jitEvents = new JitEvents(id);
        InterpreterSettings settings = new(
            limits.MaxFrames, host, limits.MaxMemoryBytes, options.SlabSlots, options.IntegrityInterval, TiersOf(options))
        {
            MaxValueBytes = limits.MaxValueBytes ?? long.MaxValue,
            MaxElements = limits.MaxElements ?? long.MaxValue,
            OnNearLimit = options.OnNearLimit,
            Cache = options.Cache,
            LimitClock = options.LimitClock,
            Monitor = _monitor,
            TextSlots = options.TextSlots,
        };
        _interpreter = new(settings, id) { Storage = options.Memory == LyraMemoryMode.LowPause ? new EngineStorage() : null };
        _interpreter.HostTypes = options.Dates == LyraDates.Values ? TypesWithDates() : null;
        _interpreter.Tiering.Listener = _jitEvents;
        _jit?.Serve(_interpreter);
        _vm.Serve(_interpreter);
        if (options.Jit == JitMode.Stress && RuntimeFeature.IsDynamicCodeCompiled)
        {
            TierWarmUp.Complete();
        }

        Globals = new LyraGlobals(_interpreter, _gate);
        if (options.ModuleLoader is { } loader)
        {
            _interpreter.Modules.Resolver = new ModuleResolver(
                loader, options.OptimizationLevel, _interpreter.Globals.ContainsKey, _interpreter.IsHostEnum);
        }

        Health = new LyraHealth(_interpreter, _monitor, _gate);
        _interpreter.Reports.RunEnded = Health.AfterRun;
        _runs = new EngineRuns(this, _interpreter, _gate);
        _monitor.Created(this, options.Jit);
    }

    /// <summary>
    /// Raised when the compiler to machine code does something, on the thread that runs the script. Subscribers must not use the engine.
    /// Tools outside of the process get the same events from the event source <c>Lyra</c>.
    /// </summary>
    public event Action<LyraJitEvent>? JitEvents
    {
        add => _jitEvents.Happened += value;
        remove => _jitEvents.Happened -= value;
    }

    /// <summary>
    /// Empties the inline cache and the table of interned strs, and releases pooled memory that is not in use. The statistics go on
    /// counting; scripts run as before, at first more slowly.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public void ResetCaches() => InGate(this, static engine =>
    {
        engine._interpreter.Caches.Trim();
        return true;
    });

    /// <summary>The options of the engine.</summary>
    public LyraOptions Options { get; }

    /// <summary>
    /// The variables that every script of the engine sees: those that the host defined, and the top-level names of the scripts that ran.
    /// </summary>
    public LyraGlobals Globals { get; }

    /// <summary>The statistics of the engine up to now.</summary>
    public LyraStatistics Statistics => InGate(this, static engine => engine.ReadStatistics());

    /// <summary>Checkpoints of the engine's memory, and warnings of leaks.</summary>
    public LyraHealth Health { get; }

    /// <summary>
    /// Starts to load, on another thread, what records and compiles hot scripts: some tens of milliseconds of processor time, once in a
    /// process. Otherwise that begins when a script has been hot for some milliseconds. Call it when the process starts, before the host
    /// does its own work, if the first script should be fast soon. With a single processor core it does nothing.
    /// </summary>
    public static void WarmUp()
    {
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            TierWarmUp.Begin();
        }
    }

    /// <summary>
    /// Makes a delegate callable by every script. Arguments are checked and converted. A <see cref="System.Threading.Tasks.Task"/> that it
    /// returns becomes a task of the script.
    /// </summary>
    /// <remarks>
    /// A name that is also a builtin's hides the builtin from scripts that this engine compiles later. In a script that
    /// <see cref="LyraScript.Compile"/> has compiled, which knows no engine, it remains the builtin.
    /// </remarks>
    /// <param name="name">The name of the proc in scripts.</param>
    /// <param name="function">The delegate.</param>
    /// <exception cref="ArgumentException">
    /// The name is not an identifier of the language, or the delegate has a parameter of a type that no script value converts to.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public void Define(string name, Delegate function) => Define(name, function, new LyraDefineOptions());

    /// <inheritdoc cref="Define(string, Delegate)"/>
    /// <param name="name">The name of the proc in scripts.</param>
    /// <param name="function">The delegate.</param>
    /// <param name="options">What scripts may assume about its calls.</param>
    public void Define(string name, Delegate function, LyraDefineOptions options)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(options);
        Identifier.Check(name);
        IntrinsicTraits traits = options.OrderIndependent ? IntrinsicTraits.OrderIndependent : IntrinsicTraits.None;
        Globals.Define(name, Value.FromObject(new NativeProc(DelegateAdapter.Create(name, function, traits))));
    }

    /// <summary>
    /// Makes a value of the host a variable of every script. A collection is used in place: scripts see it as a list, map or set, or, if it
    /// can only be enumerated, as an iterator. <see cref="LyraValue.From"/> makes a copy.
    /// </summary>
    /// <param name="name">The name of the variable in scripts.</param>
    /// <param name="value">The value: null, a number, a bool, a string, a delegate, a <see cref="LyraValue"/>, a collection, an object of
    /// a type that is defined (<see cref="DefineType{T}()"/>), or of another convertible type.</param>
    /// <exception cref="ArgumentException">The name is not an identifier of the language, no script value represents the object, or the
    /// value belongs to another engine.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public void Define(string name, object? value)
    {
        Identifier.Check(name);
        if (value is Delegate function)
        {
            Define(name, function);
            return;
        }

        if (value is not null && _interpreter.HostTypes?.Find(value.GetType()) is { } type)
        {
            Globals.Define(name, type.Wrap(value));
            return;
        }

        Globals.Define(name, HostWriter.WritePartFor(value, this));
    }

    /// <summary>
    /// Returns the engine to the state after its construction, which is cheaper than a new engine: scripts see no variables, modules or
    /// tasks of earlier ones. Definitions stay, with the values that <see cref="Define(string, object)"/> got; a mutable one keeps what
    /// scripts did to it. Compiled scripts stay valid, and statistics go on counting.
    /// </summary>
    /// <exception cref="InvalidOperationException">A run is in progress, or another thread is using the engine.</exception>
    public void Reset() => ResetTo(definitions: null);

    /// <summary>Whether code was changed in memory, or Lyra itself has failed: then the engine must not be used again.</summary>
    internal bool IsBroken => _interpreter.Integrity.Violations > 0 || _interpreter.Tiering.IsAbandoned;

    internal bool IsDisposed => _isDisposed;

    /// <summary>Resets the engine to given definitions; null for all that were made.</summary>
    internal void ResetTo(Dictionary<string, LyraGlobals.Definition>? definitions) => InGate(this, engine =>
    {
        if (engine._interpreter.IsRunning)
        {
            throw new InvalidOperationException("The engine can't be reset while a script runs in it.");
        }

        engine.Globals.Reset(definitions);
        engine._interpreter.HostTypes?.Keep(
            type => type.IsOfLibrary || engine.Globals.Has(type.Name, type), type => engine.Globals.Has(type.Name, type));
        engine._interpreter.Reset();
        return true;
    });

    private static HostTypeTable TypesWithDates()
    {
        HostTypeTable types = new();
        foreach (HostType type in DateTypes.All())
        {
            types.Add(type);
        }

        return types;
    }

    /// <summary>Disposes the engine. Later calls throw <see cref="ObjectDisposedException"/>.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using it.</exception>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _gate.Close();
            _interpreter.Reports.Publish();
            _interpreter.Tiering.Close();
            _interpreter.ReleaseStacks();
            _monitor.Disposed();
            _profile?.End();
            _isDisposed = true;
        }
    }

    TaskObject IScriptCaller.BeginTask(string name, out int run) => _interpreter.EventLoop.BeginExternal(name, out run);

    void IScriptCaller.EndTask(int run, Action finish) => _interpreter.EventLoop.EndExternal(run, finish);

    HostTypeTable? IScriptCaller.HostTypes => _interpreter.HostTypes;

    void IScriptCaller.RunOnBehalf(Action body) => _gate.RunOnBehalf(body);

    /// <summary>The settings for compiling; null when the options or the platform exclude it.</summary>
    private static TierSettings? TiersOf(LyraOptions options) => !RuntimeFeature.IsDynamicCodeCompiled ? null : options.Jit switch
    {
        JitMode.Off => null,
        JitMode.Stress => TierSettings.Stressed(StressSeed, options.ChecksCompiler),
        JitMode.On => new TierSettings(
            options.HotLoopThreshold,
            options.HotProcThreshold,
            options.HotExitThreshold,
            StressSeed: null,
            options.CompilesInBackground ?? !options.ChecksCompiler)
        {
            ChecksCompiler = options.ChecksCompiler,
            Guards = options.Guards,
            MaxMemoryBytes = options.Limits.MaxMemoryBytes,
        },
    };

    private LyraStatistics ReadStatistics() => StatisticsReader.Read(_interpreter, _runs.Counters, _runs.Current);

    private TResult InGate<TState, TResult>(TState state, Func<TState, TResult> action)
    {
        _gate.Enter();
        try
        {
            return action(state);
        }
        finally
        {
            _gate.Exit();
        }
    }
}
