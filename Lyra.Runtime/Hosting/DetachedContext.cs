using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// The context of work on values outside any run: printing, comparing and hashing a <see cref="LyraValue"/>, conversions between script values and
/// .NET objects. Has no limits but that of depth. Hooks of structs run in the engine that declared them. One per thread.
/// </summary>
internal sealed class DetachedContext : ScriptContext
{
    [ThreadStatic]
    private static DetachedContext? _current;

    private readonly HostServices _host = new();
    private ulong _randomState;

    private DetachedContext()
    {
        Budget = long.MaxValue;
        MemoryLeft = long.MaxValue;
    }

    /// <summary>The calling thread's.</summary>
    public static DetachedContext Current => _current ??= new DetachedContext();

    public override HostServices Host => _host;

    public override ITaskScheduler Tasks => throw NotInARun();

    public override ref ulong RandomState => ref _randomState;

    public override void OnBudgetSpent() => Budget = long.MaxValue;

    public override void OnMemorySpent(long bytes) => MemoryLeft = long.MaxValue;

    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments)
    {
        IScriptCaller caller = CallerOf(callee) ?? throw NotInARun();
        try
        {
            return caller.Call(callee, arguments);
        }
        catch (LyraException e)
        {
            throw new Errors.ScriptErrorException(e.Error);
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

    private void OnOtherThread(Action body)
    {
        _current = this;
        body();
    }

    private static InvalidOperationException NotInARun() => new("This works only inside the run of an engine.");
}
