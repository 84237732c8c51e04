using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// The context of work on values outside any run: printing, comparing and hashing a <see cref="LyraValue"/>, conversions between script values and
/// .NET objects. Hooks of structs run in the engine that declared them, under its limits. One per thread.
/// </summary>
/// <remarks>
/// A script can nest lists so that a few of them are billions when written out or compared. So what walks them has limits here, too, that no
/// sensible value reaches; what the host hands in is its own, and has none but that of depth.
/// </remarks>
internal sealed class DetachedContext : ScriptContext
{
    /// <summary>Steps of one walk over what a script made: some seconds at most.</summary>
    private const long WalkSteps = 50_000_000;

    /// <summary>Bytes of the texts that one walk makes, twice: while it is built and as it is handed out.</summary>
    private const long WalkMemory = 512L << 20;

    /// <summary>What entering an engine for a hook counts as, besides the limits of its run.</summary>
    private const long HookSteps = 1_000;

    [ThreadStatic]
    private static DetachedContext? _current;

    private readonly HostServices _host = new();
    private ulong _randomState;

    private DetachedContext()
    {
    }

    /// <summary>The calling thread's, for values that the host hands in: without limits.</summary>
    public static DetachedContext ForHostValues => Allow(long.MaxValue, long.MaxValue);

    /// <summary>The calling thread's, for one walk over values that a script may have made: with limits of its own.</summary>
    public static DetachedContext ForScriptValues => Allow(WalkSteps, WalkMemory);

    public override HostServices Host => _host;

    public override ITaskScheduler Tasks => throw NotInARun();

    public override ref ulong RandomState => ref _randomState;

    public override void OnBudgetSpent() =>
        Throw.LimitExceeded(LimitKind.Steps, "outside of a run, a value can't be walked that takes more than 50,000,000 steps");

    public override void OnMemorySpent(long bytes) =>
        Throw.LimitExceeded(LimitKind.Memory, "outside of a run, the text of a value can't take more than 256 MB");

    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments)
    {
        IScriptCaller caller = CallerOf(callee) ?? throw NotInARun();
        Charge(HookSteps);
        (long budget, long memory) = (Budget, MemoryLeft);
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
            // The hook may have had the host walk other values, on this thread.
            (Budget, MemoryLeft) = (budget, memory);
        }
    }

    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments) =>
        Invoke(Value.FromObject(method), [self, .. arguments]);

    public override bool ResumeGenerator(GeneratorObject generator, out Value value) => throw NotInARun();

    public override void CloseGenerator(GeneratorObject generator) => throw NotInARun();

    public override void Protect(ScriptObject underConstruction)
    {
        // No heap walk happens without a memory limit.
    }

    public override void Unprotect()
    {
    }

    public override void WithNativeStack(Action body) => NativeStack.Run(body, OnOtherThread);

    /// <summary>The engine in which a proc was made; null for a proc that belongs to none, such as a builtin.</summary>
    internal static IScriptCaller? CallerOf(in Value callee) => callee.Ref switch
    {
        Closure closure => closure.Code.Module.Context?.Host.Caller,
        BoundProc bound => CallerOf(bound.Receiver) ?? CallerOf(Value.FromObject(bound.Target)),
        StructObject instance => CallerOf(Value.FromObject(instance.Shape.Constructor)),
        Shape shape => CallerOf(Value.FromObject(shape.Constructor)),
        _ => null,
    };

    private static DetachedContext Allow(long steps, long bytes)
    {
        DetachedContext context = _current ??= new DetachedContext();
        (context.Budget, context.MemoryLeft) = (steps, bytes);
        return context;
    }

    private void OnOtherThread(Action body)
    {
        _current = this;
        body();
    }

    private static InvalidOperationException NotInARun() => new("This works only inside the run of an engine.");
}
