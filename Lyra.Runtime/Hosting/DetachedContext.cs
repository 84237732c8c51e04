using System;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// The context for operations on values outside any run: formatting, comparing and hashing a <see cref="LyraValue"/>, and converting
/// between script values and .NET objects. Hooks of structs run in the engine that declared them, under its limits. There is one per
/// thread.
/// </summary>
/// <remarks>
/// A script can nest a few lists so that formatting or comparing them visits billions of elements. Walks over script values therefore have
/// limits here too, which ordinary values never reach. Objects that the host passes in are trusted and only limited in depth.
/// </remarks>
internal class DetachedContext : ScriptContext
{
    /// <summary>The most steps of one walk over script values; they take some seconds at most.</summary>
    private const long WalkSteps = 50_000_000;

    /// <summary>The most bytes of text that one walk makes; each text counts twice, while it is built and as the result.</summary>
    private const long WalkMemory = 512L << 20;

    /// <summary>The steps charged for entering an engine to call a hook; the hook's run has limits of its own.</summary>
    private const long HookSteps = 1_000;

    /// <summary>The steps between two looks at the clock.</summary>
    private const long Quantum = 1_000_000;

    /// <summary>The most time of one walk over script values. Few steps take so long; those of big ints do.</summary>
    private static readonly TimeSpan WalkTime = TimeSpan.FromSeconds(5);

    [ThreadStatic]
    private static DetachedContext? _current;

    private readonly HostServices _host = new();

    private ulong _randomState;
    private bool _isMixed;
    private long _stepsLeft;

    /// <summary>When the first quantum of the walk ended; null before.</summary>
    private long? _start;

    protected DetachedContext()
    {
    }

    /// <summary>The calling thread's context without limits, for values that the host passes in.</summary>
    /// <param name="types">The host types of the engine that gets the values; null if there are none.</param>
    public static DetachedContext ForHostValuesOf(HostTypeTable? types)
    {
        DetachedContext context = Allow(long.MaxValue, long.MaxValue);
        context.HostTypes = types;
        return context;
    }

    /// <summary>The calling thread's context with limits for one walk, for values that a script may have made.</summary>
    public static DetachedContext ForScriptValues => Allow(WalkSteps, WalkMemory);

    /// <summary>
    /// As <see cref="ForScriptValues"/>, to compare two values. If they belong to different engines, no hook is called to compare, because
    /// it would see a value of another engine, and what it would compare is unequal.
    /// </summary>
    public static DetachedContext ForComparing(in Value left, in Value right)
    {
        bool isMixed = EngineBoundary.AreMixed(left, right);
        DetachedContext context = ForScriptValues;
        context._isMixed = isMixed;
        return context;
    }

    /// <summary>The calling thread's context for all that this class does.</summary>
    public static DetachedContext OfThread => _current ??= new DetachedContext();

    /// <summary>Measures the time of walks. Tests replace it.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>
    /// For tests: asked at each charge of memory whether the allocation behind it fails, as if the CLR were out of memory; null for never.
    /// </summary>
    public Func<bool>? AllocationFails { get; set; }

    public override HostServices Host => _host;

    public override ITaskScheduler Tasks => throw NotInARun();

    public override ref ulong RandomState => ref _randomState;

    public override void OnBudgetSpent()
    {
        long missing = -Budget.Left;
        if (missing > _stepsLeft)
        {
            Throw.LimitExceeded(LimitKind.Steps, "outside a run, an operation on a value may take at most 50,000,000 steps");
        }

        if (_start is { } start && Clock.GetElapsedTime(start) > WalkTime)
        {
            Throw.LimitExceeded(LimitKind.Time, "outside a run, an operation on a value may take at most 5 seconds");
        }

        _start ??= Clock.GetTimestamp();
        long granted = Math.Min(_stepsLeft, missing + Quantum);
        _stepsLeft -= granted;
        Budget.Left += granted;
    }

    public override void OnMemorySpent(long bytes)
    {
        if (!TryRelease())
        {
            Throw.LimitExceeded(LimitKind.Memory, "outside a run, the text of a value may take at most 256 MB");
        }
    }

    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments)
    {
        if (_isMixed && arguments.Length > 1)
        {
            return Value.False;
        }

        IScriptCaller caller = EngineDirectory.CallerOf(callee) ?? throw NotInARun();
        Charge(HookSteps);
        (long budget, long stepsLeft, long? start, long memory, bool isMixed) = (Budget.Left, _stepsLeft, _start, Memory.Left, _isMixed);
        try
        {
            return caller.Call(callee, arguments);
        }
        catch (LyraException e)
        {
            throw new ScriptErrorException(e.Error);
        }
        finally
        {
            // The hook may have called host code that walked other values on this thread.
            (Budget.Left, _stepsLeft, _start, Memory.Left, _isMixed) = (budget, stepsLeft, start, memory, isMixed);
        }
    }

    public override Closure FindScripted(Intrinsic row, int count, LinkedPrototype? caller = null, int pc = 0) => throw NotInARun();

    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments) =>
        Invoke(Value.FromObject(method), [self, .. arguments]);

    public override bool ResumeGenerator(GeneratorObject generator, out Value value) => throw NotInARun();

    public override void CloseGenerator(GeneratorObject generator) => throw NotInARun();

    public override void Protect(ScriptObject underConstruction)
    {
        // Without a memory limit there are no heap walks.
    }

    public override void Unprotect()
    {
    }

    public override void WithNativeStack(Action body) => NativeStack.Run(body, OnOtherThread);

    /// <summary>Allows some bytes. All are withheld at first if a test is asked at each charge.</summary>
    protected void GrantMemory(long bytes)
    {
        Memory.Left = AllocationFails is null ? bytes : 0;
        Memory.Withheld = bytes - Memory.Left;
    }

    /// <summary>Whether withheld bytes pay for a charge.</summary>
    protected bool TryRelease()
    {
        InjectedFailure.ThrowIf(AllocationFails);
        return Memory.Release(0);
    }

    private static DetachedContext Allow(long steps, long bytes)
    {
        DetachedContext context = OfThread;
        (context.Budget.Left, context._stepsLeft, context._start) = (Math.Min(steps, Quantum), steps - Math.Min(steps, Quantum), null);
        context.GrantMemory(bytes);
        (context._isMixed, context.HostTypes) = (false, null);
        return context;
    }

    private void OnOtherThread(Action body)
    {
        _current = this;
        body();
    }

    private static InvalidOperationException NotInARun() => new("This works only inside the run of an engine.");
}
