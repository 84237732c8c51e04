using System;
using System.Diagnostics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// The context in which constants are computed, outside of any run. Each computation gets a small budget of steps and memory. A computation
/// that exceeds it is left to run time, where the limits of the run apply. Constants are numbers, strs, bools and nil, so no computation
/// calls script code.
/// </summary>
internal sealed class FoldingContext : ScriptContext
{
    private const long Steps = 20_000;

    private static readonly HostServices NoHost = new();
    private ulong _random;

    public override HostServices Host => NoHost;

    public override ITaskScheduler Tasks => throw NoRun();

    public override ref ulong RandomState => ref _random;

    /// <summary>Resets the budget for the next computation.</summary>
    public void Refill()
    {
        Budget.Left = Steps;
        Memory.Left = EngineDefaults.LeastMaxValueBytes;
    }

    public override void OnBudgetSpent() => Throw.LimitExceeded(LimitKind.Steps, "the result is too large");

    public override void OnMemorySpent(long bytes) => Throw.LimitExceeded(LimitKind.Memory, "the result is too large");

    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments) => throw NoRun();

    public override Closure FindScripted(Intrinsic row, int count, LinkedPrototype? caller = null, int pc = 0) => throw NoRun();

    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments) => throw NoRun();

    public override bool ResumeGenerator(GeneratorObject generator, out Value value) => throw NoRun();

    public override void CloseGenerator(GeneratorObject generator) => throw NoRun();

    public override void Protect(ScriptObject underConstruction)
    {
    }

    public override void Unprotect()
    {
    }

    public override void WithNativeStack(Action body) => body();

    private static UnreachableException NoRun() => new("A constant calls no script code.");
}
