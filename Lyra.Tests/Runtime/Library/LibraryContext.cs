using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Runtime.Library;

/// <summary>
/// A context without an interpreter, except for the intrinsics that are written in Lyra: callbacks are procs in C#, and the test completes
/// the tasks. It counts the charges and throws when a budget set by the test is spent.
/// </summary>
internal sealed class BareContext : ScriptContext
{
    private ulong _random;
    private Engine? _interpreter;

    public BareContext(LyraCapabilities capabilities = LyraCapabilities.All, string? folder = null)
    {
        Output = new StringWriter();
        HostOptions = new HostServices { Capabilities = capabilities, Output = Output, BaseFolder = folder };
        Budget.Left = long.MaxValue;
        Memory.Left = long.MaxValue;
        MaxFrames = 1000;
        Scheduler = new ManualScheduler();
    }

    public StringWriter Output { get; }

    public HostServices HostOptions { get; set; }

    public ManualScheduler Scheduler { get; }

    private static RunLimits Limits => new(maxSteps: 1_000_000, timeout: null, CancellationToken.None);

    private Engine Interpreter => _interpreter ??= new Engine(new InterpreterSettings(MaxFrames, HostOptions));

    public int ChecksOfLimits { get; private set; }

    /// <summary>The call of <see cref="OnBudgetSpent"/>, counted from 1, from which on it throws.</summary>
    public int FailAtCheck { get; set; } = int.MaxValue;

    public override HostServices Host => HostOptions;

    public override ITaskScheduler Tasks => Scheduler;

    public override ref ulong RandomState => ref _random;

    public override void OnBudgetSpent()
    {
        if (++ChecksOfLimits >= FailAtCheck || Budget.Left < 0)
        {
            throw Throw.LimitExceeded(LimitKind.Steps, "the budget of the test is spent");
        }
    }

    public override void OnMemorySpent(long bytes) => throw Throw.LimitExceeded(LimitKind.Memory, "the memory of the test is spent");

    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments) => callee.Ref switch
    {
        NativeProc proc => proc.Intrinsic.Handler(this, arguments),
        Closure scripted when scripted.Prototype.IsHidden => Interpreter.HostCalls.Call(callee, arguments, Limits),
        _ => throw Throw.TypeError($"{Throw.TypeName(callee)} can't be called"),
    };

    public override Closure FindScripted(Intrinsic row, int count, LinkedPrototype? caller = null, int pc = 0) =>
        Interpreter.FindScripted(row, count, caller, pc);

    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments) =>
        throw new NotSupportedException("There is no interpreter here.");

    public override bool ResumeGenerator(GeneratorObject generator, out Value value) =>
        throw new NotSupportedException("There is no interpreter here.");

    public override void CloseGenerator(GeneratorObject generator) => throw new NotSupportedException("There is no interpreter here.");

    public override void Protect(ScriptObject underConstruction)
    {
    }

    public override void Unprotect()
    {
    }

    public override void WithNativeStack(Action body)
    {
        Thread thread = new(() => body(), 64 * 1024 * 1024);
        thread.Start();
        thread.Join();
    }
}

/// <summary>A scheduler whose tasks the test completes; continuations run at once.</summary>
internal sealed class ManualScheduler : ITaskScheduler
{
    public List<TimeSpan> Sleeps { get; } = [];

    public TaskObject Sleep(TimeSpan time)
    {
        Sleeps.Add(time);
        return new TaskObject("sleep");
    }

    public void Enqueue(TaskObject task) => throw new NotSupportedException("There is no event loop here.");

    public TaskObject CreatePending(string name) => new(name);

    public void Complete(TaskObject task, in Value result)
    {
        task.Result = result;
        End(task, TaskState.Finished);
    }

    public void Fail(TaskObject task, ErrorObject error)
    {
        task.Error = error;
        End(task, TaskState.Failed);
    }

    public void Cancel(TaskObject task)
    {
        task.IsCancelRequested = true;
        task.OnCancel?.Invoke();
        End(task, TaskState.Cancelled);
    }

    public void Suspend(TaskObject self, TaskObject awaited) =>
        throw new System.NotSupportedException("builtins suspend no task");

    public void WhenFinished(TaskObject task, TaskObject waiter, TaskContinuation continuation)
    {
        if (task.IsDone)
        {
            continuation(waiter, task);
            return;
        }

        task.Add(waiter, continuation);
    }

    private static void End(TaskObject task, TaskState state)
    {
        task.State = state;
        task.RunContinuations();
    }
}
