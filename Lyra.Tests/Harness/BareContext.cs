using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Tests.Harness;

/// <summary>
/// A context for tests of the layers below the interpreter. It counts steps and memory and stops at the given limits. It runs no script
/// code, but a test may implement struct methods with <see cref="OnInvokeMethod"/>.
/// </summary>
internal sealed class BareContext : ScriptContext
{
    private readonly long _maxSteps;
    private readonly long _maxMemory;
    private ulong _random = 1;

    public BareContext(long maxSteps = long.MaxValue / 2, long maxMemory = long.MaxValue / 2, int maxFrames = 10_000)
    {
        Budget.Left = _maxSteps = maxSteps;
        Memory.Left = _maxMemory = maxMemory;
        MaxFrames = maxFrames;
    }

    /// <summary>Implements the methods of structs: receives the method's name, the struct and the arguments.</summary>
    public Func<string, Value, Value[], Value>? OnInvokeMethod { get; set; }

    /// <summary>Steps charged so far.</summary>
    public long StepsUsed => _maxSteps - Budget.Left;

    /// <summary>Bytes charged so far.</summary>
    public long MemoryUsed => _maxMemory - Memory.Left;

    public override HostServices Host { get; } = new();

    public override ITaskScheduler Tasks => throw new InvalidOperationException("The test context has no event loop.");

    public override ref ulong RandomState => ref _random;

    public override void OnBudgetSpent() => throw Throw.LimitExceeded(LimitKind.Steps, "the test's steps are spent");

    public override void OnMemorySpent(long bytes) => throw Throw.LimitExceeded(LimitKind.Memory, "the test's memory is spent");

    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments) =>
        throw new InvalidOperationException("The test context runs no script code.");

    public override Closure FindScripted(Intrinsic row, int count, LinkedPrototype? caller = null, int pc = 0) =>
        throw new InvalidOperationException("The test context runs no script code.");

    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments) => OnInvokeMethod is null
        ? throw new InvalidOperationException("The test context runs no script code.")
        : OnInvokeMethod(method.Prototype.Name, self, arguments.ToArray());

    public override bool ResumeGenerator(GeneratorObject generator, out Value value) =>
        throw new InvalidOperationException("The test context runs no script code.");

    public override void CloseGenerator(GeneratorObject generator) =>
        throw new InvalidOperationException("The test context runs no script code.");

    public override void Protect(ScriptObject underConstruction)
    {
    }

    public override void Unprotect()
    {
    }

    public override void WithNativeStack(Action body) => body();
}
