using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Interpreter.Profiling;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The interpreter tier of one engine: the loop over instructions, and the beginning and end of runs. Separate objects, which it holds,
/// are responsible for the slow paths of instructions, and for limits, unwinding, modules, tasks, caches and the connection to the
/// compiling tier. Used by one thread at a time.
/// </summary>
internal sealed partial class Interpreter : FrameContext, IFrameRunner, IRunScope
{
    /// <summary>The first state of module <c>random</c>.</summary>
    public const ulong RandomSeed = 0x9E3779B97F4A7C15;

    private static int _lastEngineId;

    private readonly InterpreterSettings _settings;
    private readonly List<ScriptObject> _protected = [];
    private readonly CallInstructions _calls;
    private readonly MemberInstructions _members;
    private ScriptCallbacks? _callbacks;
    private GeneratorRuns? _generators;
    private IterationInstructions? _iterations;
    private StructTypes? _structs;
    private PreludeProcs? _prelude;
    private ulong _randomState = RandomSeed;

    public Interpreter(InterpreterSettings settings)
        : this(settings, NextEngineId())
    {
    }

    /// <param name="settings">The settings.</param>
    /// <param name="engineId">The number of the engine; see <see cref="NextEngineId"/>.</param>
    public Interpreter(InterpreterSettings settings, int engineId)
    {
        _settings = settings;
        MaxFrames = settings.MaxFrames;
        MaxElements = settings.MaxElements;
        EngineId = engineId;
        Modules = new ModuleTable(this, Globals, settings.Tiers?.Thresholds ?? HeatThresholds.Never);
        Integrity = new IntegrityChecks(this, Modules, Globals, settings.Monitor, settings.IntegrityInterval);
        Stack = new FrameStack(settings.MaxFrames, Integrity.IsChecked);
        EventLoop = new EventLoop(this);
        Coroutines = new CoroutineStack(this);
        Heap = new HeapWalk(this, Globals, _protected, Coroutines, Modules, EventLoop);
        Limiter = new RunLimiter(this, Heap, settings)
        {
            AdaptsQuantum = settings.Tiers?.Guards is null && settings.LimitClock == TimeProvider.System,
            Clock = settings.LimitClock,
            Integrity = Integrity,
        };
        CallBinder binder = new(this);
        Unwinder = new Unwinder(this, this, Heap, Limiter, Modules, Coroutines, EventLoop);
        if (settings.OnNearLimit is { } host)
        {
            Limiter.Raise = new LimitRaise(host, Unwinder.TraceTexts);
        }

        TaskRunner = new TaskRunner(this, EventLoop, Coroutines, binder, Unwinder);
        Tiering = new TierAdapter(this, this, Coroutines, Unwinder, settings.Tiers);
        HostCalls = new HostCalls(this, Limiter, Unwinder, Tiering, TaskRunner);
        Caches = new EngineCaches(settings, this);
        Reports = new EngineReports(settings.Monitor, Caches, Integrity, Limiter, Tiering);
        Members = new MemberAccess(this);
        _calls = new CallInstructions(this, binder, Coroutines, TaskRunner, Tiering, Caches);
        _members = new MemberInstructions(this, Members, Caches, _calls);
    }

    /// <summary>Members of values, for the host.</summary>
    public MemberAccess Members { get; }

    /// <summary>The caches and pools of the engine.</summary>
    public EngineCaches Caches { get; }

    /// <summary>The reports to those who watch the engine.</summary>
    public EngineReports Reports { get; }

    /// <summary>The struct types of the engine.</summary>
    public StructTypes Structs => _structs ??= new StructTypes();

    /// <summary>The checks of the code that the engine executes.</summary>
    public IntegrityChecks Integrity { get; }

    /// <summary>The limits of the running script.</summary>
    public RunLimiter Limiter { get; }

    /// <summary>Counts what the script can reach.</summary>
    public HeapWalk Heap { get; }

    /// <summary>The ready tasks, timers, and the actions that other threads post.</summary>
    public EventLoop EventLoop { get; }

    /// <summary>The generators and tasks whose frames are on the stack.</summary>
    public CoroutineStack Coroutines { get; }

    /// <summary>Await and spawn.</summary>
    public TaskRunner TaskRunner { get; }

    /// <summary>Runs the loop and propagates errors to their handlers.</summary>
    public Unwinder Unwinder { get; }

    /// <summary>Calls of values by the host.</summary>
    public HostCalls HostCalls { get; }

    /// <summary>Linking and imports.</summary>
    public ModuleTable Modules { get; }

    /// <summary>The connection to the compiling tier.</summary>
    public TierAdapter Tiering { get; }

    /// <summary>Executes single instructions for compiled code.</summary>
    public SingleStepper Stepper => Tiering.Stepper;

    /// <summary>The stacks as compiled code sees them.</summary>
    public IFrameHost FrameView => Tiering.FrameView;

    /// <summary>Decides what is compiled and when; made at the first call.</summary>
    public TierController Tiers => Tiering.Controller;

    /// <summary>
    /// For tests: replaces the loop if set. It is called for one step at a time and does what <see cref="ExecuteOne"/> does, or something
    /// equivalent such as running a region, and returns false under the same conditions. Then the loop continues, unless something is
    /// pending. Scripts can't observe the difference.
    /// </summary>
    public Func<bool>? SingleStep
    {
        get;
        set
        {
            field = value;
            Stack.TrapsCallees = value is not null;
        }
    }

    /// <summary>Variables that every script of the engine sees: those that the host defined and those of earlier runs.</summary>
    public Dictionary<string, GlobalVariable> Globals { get; } = [];

    /// <summary>Whether a name is that of an enum of the host.</summary>
    public bool IsHostEnum(string name) => Globals.TryGetValue(name, out GlobalVariable? global) && global.Value.Ref is HostEnumType;

    // Small programs need none of these three.
    private ScriptCallbacks ScriptCallbacks => _callbacks ?? MakeCallbacks();

    private GeneratorRuns Generators => _generators ?? MakeGenerators();

    private IterationInstructions Iterations => _iterations ?? MakeIterations();

    /// <inheritdoc/>
    public override Closure FindScripted(Intrinsic row, int count, LinkedPrototype? caller = null, int pc = 0) =>
        (_prelude ?? Interlocked.CompareExchange(ref _prelude, new PreludeProcs(Modules, this), null) ?? _prelude)
            .Find(row, count, caller, pc);

    /// <inheritdoc/>
    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments) => ScriptCallbacks.Invoke(callee, arguments);

    /// <inheritdoc/>
    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments) =>
        ScriptCallbacks.InvokeMethod(method, self, arguments);

    /// <inheritdoc/>
    public override bool ResumeGenerator(GeneratorObject generator, out Value value) => Generators.Resume(generator, out value);

    /// <inheritdoc/>
    public override void CloseGenerator(GeneratorObject generator) => Generators.Close(generator);

    /// <inheritdoc/>
    public override MemberLookup MemberLookup => Caches.Members;

    /// <inheritdoc/>
    public override TextTable? Texts => Caches.Texts;

    public override int EngineId { get; }

    public override HostServices Host => _settings.Host;

    public override ITaskScheduler Tasks => EventLoop;

    public override ref ulong RandomState => ref _randomState;

    public override int ProtectedCount => _protected.Count;

    /// <summary>A number for an engine that no other engine of the process has. They begin anew after 2^32 engines.</summary>
    public static int NextEngineId()
    {
        int id;
        do
        {
            id = Interlocked.Increment(ref _lastEngineId);
        }
        while (id is OwnedObject.NoOwner or OwnedObject.EveryEngine);
        return id;
    }

    /// <inheritdoc cref="SingleStepper.ExecuteOne"/>
    public bool ExecuteOne() => Stepper.ExecuteOne();

    public override void Protect(ScriptObject underConstruction) => _protected.Add(underConstruction);

    public override void Unprotect() => _protected.RemoveAt(_protected.Count - 1);

    public override void UnprotectTo(int count) => _protected.RemoveRange(count, _protected.Count - count);

    public override int Callbacks => Stack.Callbacks;

    public override bool ReusesArrays => Stack.Callbacks <= HostCalls.InProgress && MaxElements == long.MaxValue;

    public override bool MayEnterRegion() => Stack.IsNextCallbackFree && Regions.Depth < RegionState.MaxDepth;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void OnBudgetSpent()
    {
        Limiter.OnBudgetSpent();
        Reports.Publish();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override bool TryRefill()
    {
        Reports.Publish();
        return Limiter.TryRefill();
    }

    /// <inheritdoc/>
    public override void CheckClock() => Limiter.CheckClock();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void OnMemorySpent(long bytes) => Limiter.OnMemorySpent(bytes);

    /// <inheritdoc/>
    public override void OnStackSpent(long bytes) => Limiter.OnStackSpent(bytes);

    /// <inheritdoc/>
    public override void OnStackGrowth(long bytes) => Limiter.OnStackGrowth(bytes);

    /// <summary>The bytes that the running script may still allocate, for code of the host that it calls.</summary>
    public long CountFreeBytes() => InRegion && !TryBuildFrames() ? Memory.Left + Memory.Withheld : Limiter.CountFreeBytes();

    /// <inheritdoc/>
    protected override void OnTooManyElements()
    {
        RequireFrames();
        Limiter.RaiseValue(Counts.Of(MaxElements, "element"));
    }

    /// <inheritdoc/>
    public override void WithNativeStack(Action body) => NativeStack.Run(body, OnOtherThread);

    /// <inheritdoc/>
    public LoopExit ExecuteReplaced() => Stepper.Run(SingleStep!) ? Stepper.FinishPending() : Execute();

    /// <inheritdoc/>
    public bool CallCompiled() => Tiering.OnHotCall();

    /// <inheritdoc/>
    public ErrorObject FaultFrom(Exception exception) => Tiering.FaultFrom(exception);

    /// <inheritdoc/>
    public bool PopReturned(in Value value)
    {
        FrameFlags flags = Stack.Running.Flags;
        if (flags == FrameFlags.Entry)
        {
            Stack.Top--;
            Result = value;
            return true;
        }

        Value result = value;
        int returnSlot = Stack.Running.ReturnSlot;
        Stack.Top--;
        if ((flags & (FrameFlags.Generator | FrameFlags.Task)) != 0)
        {
            if (Coroutines.End(flags) is { } task)
            {
                EventLoop.Complete(task, result);
            }
        }
        else if ((flags & FrameFlags.Module) != 0)
        {
            result = Modules.FinishImport();
        }

        if ((flags & (FrameFlags.Entry | FrameFlags.Task)) == FrameFlags.Entry)
        {
            Result = result;
        }

        if ((flags & (FrameFlags.Entry | FrameFlags.Discard | FrameFlags.Generator | FrameFlags.Task)) == 0)
        {
            Stack.Registers[returnSlot] = result;
        }

        if ((flags & FrameFlags.Watched) != 0)
        {
            Events.ReportReturn();
        }

        return (flags & (FrameFlags.Entry | FrameFlags.Nested)) != 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override bool TryRefillMemory(long bytes) => Limiter.TryRefillMemory(bytes);

    /// <summary>The substitute thread enters the host's gate too, because the host's delegates may call the engine from it.</summary>
    private void OnOtherThread(Action body)
    {
        if (Host.Caller is { } caller)
        {
            caller.RunOnBehalf(body);
            return;
        }

        body();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ScriptCallbacks MakeCallbacks() => _callbacks = new ScriptCallbacks(this, _calls, Unwinder, Caches);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private GeneratorRuns MakeGenerators() => _generators = new GeneratorRuns(this, Coroutines, Unwinder, Tiering);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IterationInstructions MakeIterations() => _iterations = new IterationInstructions(this, TaskRunner, Generators);
}
