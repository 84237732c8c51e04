using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Tasks and channels. A helper either does all of its work or nothing: it looks first whether there is memory for the task that it makes.
/// </summary>
internal static class TaskHelpers
{
    /// <summary>The memory that an operation of a channel charges at most: a task, and the place of a value.</summary>
    internal const long ChannelBytes = 256;

    /// <summary>The result of a finished task or, if it is not a task, the value itself; the unset marker for the interpreter.</summary>
    [RegionHelper(IrType.Any, IrEffects.Fixed, Reads = IrMemory.Iterators)]
    internal static Value ResultIfFinished(object? awaited, long bits)
    {
        if (awaited is not TaskObject task)
        {
            return new Value(awaited, bits);
        }

        task.IsObserved = true;
        return task.State == TaskState.Finished ? task.Result : Value.Unset;
    }

    /// <summary>Whether a task has a result, has failed or was cancelled.</summary>
    [RegionHelper(IrType.Bool, IrEffects.None, Reads = IrMemory.Iterators)]
    internal static bool IsDone(TaskObject task) => task.IsDone;

    /// <summary>Whether a loop over a channel has a next element at once; the value is the task of a receive that it waited for.</summary>
    [RegionHelper(IrType.Bool, IrEffects.Fixed, Reads = IrMemory.Iterators)]
    internal static bool HasElement(ScriptContext context, ChannelObject channel, object? awaited, long bits) =>
        awaited is TaskObject receive
            ? receive is { State: TaskState.Finished, IsEndOfChannel: false }
            : channel.TryPeek(out _) && HasMemory(context);

    /// <summary>The next element of a loop over a channel that has one.</summary>
    [RegionHelper(IrType.Any, IrEffects.Fixed, Reads = IrMemory.Iterators, Writes = IrMemory.Iterators)]
    internal static Value TakeElement(ScriptContext context, ChannelObject channel, object? awaited, long bits)
    {
        if (awaited is TaskObject receive)
        {
            receive.IsObserved = true;
            return receive.Result;
        }

        return channel.ReceiveNow(context);
    }

    /// <summary>The task of a send.</summary>
    [RegionHelper(IrType.Task, Charges, Reads = IrMemory.Iterators, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TaskObject? Send(ScriptContext context, ChannelObject channel, object? reference, long bits) =>
        channel.IsClosed || !HasMemory(context) ? null : channel.Send(context, new Value(reference, bits));

    /// <summary>The task of a receive.</summary>
    [RegionHelper(IrType.Task, Charges, Reads = IrMemory.Iterators, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TaskObject? Receive(ScriptContext context, ChannelObject channel) =>
        HasMemory(context) ? channel.Receive(context) : null;

    /// <summary>As <see cref="Send"/>, for a task that is only awaited: nil in place of a finished one.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = IrMemory.Iterators, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value SendAwaited(ScriptContext context, ChannelObject channel, object? reference, long bits)
    {
        if (channel.IsClosed || !HasMemory(context))
        {
            return Exit;
        }

        Value value = new(reference, bits);
        if (!channel.CanBuffer())
        {
            return Value.FromObject(channel.Send(context, value));
        }

        channel.SendNow(context, value);
        return Value.Nil;
    }

    /// <summary>As <see cref="Receive"/>, for a task that is only awaited: its result in place of a finished one.</summary>
    /// <remarks>A task is never returned as the result of another one, because it would be awaited.</remarks>
    [RegionHelper(IrType.Any, Charges, Reads = IrMemory.Iterators, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value ReceiveAwaited(ScriptContext context, ChannelObject channel) =>
        !HasMemory(context) ? Exit
            : channel.TryPeek(out Value next) && next.Ref is not TaskObject ? channel.ReceiveNow(context)
            : Value.FromObject(channel.Receive(context));

    /// <summary>The task that a loop over a channel waits for: the given one, or that of a new receive.</summary>
    [RegionHelper(IrType.Task, Charges, Reads = IrMemory.Iterators, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TaskObject? WaitForElement(ScriptContext context, ChannelObject channel, object? awaited, long bits) =>
        awaited as TaskObject ?? Receive(context, channel);

    /// <summary>Suspends a task at an instruction until another one is finished; exits if it is not to be suspended.</summary>
    /// <returns>False if the awaited task has failed, if the waiting one was cancelled, or if there is no memory.</returns>
    [RegionHelper(IrType.None, Charges, Reads = IrMemory.Iterators, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TrySuspend(ScriptContext context, GeneratorObject coroutine, object? awaited, long awaitedBits, long pc)
    {
        if (awaited is not TaskObject { IsDone: false } task || coroutine.Task is { IsCancelRequested: true }
            || !context.TryChargeMemory(TaskObject.ContinuationBytes))
        {
            return false;
        }

        GeneratorHelpers.SuspendAt(coroutine, pc);
        context.Tasks.Suspend(TaskObject.Of(coroutine), task);
        return true;
    }

    /// <summary>Charges the task of an async proc, and the steps of the proc, which the code executes next; exits if it can't.</summary>
    [RegionHelper(IrType.None, Charges, Reads = IrMemory.None)]
    internal static bool BeginTask(ScriptContext context, long bytes, long steps)
    {
        if (!context.TryChargeMemory(bytes))
        {
            return false;
        }

        if (context.TryCharge((int)steps))
        {
            return true;
        }

        context.Memory.Refund(bytes);
        return false;
    }

    /// <summary>The task of a call that is finished, which <see cref="BeginTask"/> has charged.</summary>
    [RegionHelper(IrType.Task, IrEffects.Fixed, Reads = IrMemory.None)]
    internal static TaskObject FinishedTask(Prototype proc, object? result, long bits) =>
        TaskObject.Finished(proc.Name, new Value(result, bits));

    /// <summary>
    /// As <see cref="FinishedTask"/>, for a task that is only awaited: its result, unless that would be awaited in its place.
    /// </summary>
    [RegionHelper(IrType.Any, IrEffects.Fixed, Reads = IrMemory.None)]
    internal static Value ResultOrTask(Prototype proc, object? result, long bits) =>
        result is TaskObject ? Value.FromObject(FinishedTask(proc, result, bits)) : new Value(result, bits);

    /// <summary>Queues a call of a proc that gets an argument for each parameter.</summary>
    /// <returns>Null for a callee that the interpreter has to resolve, or if there is no memory.</returns>
    [RegionHelper(IrType.Task, Charges, Reads = IrMemory.None, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TaskObject? Spawn(ScriptContext context, ref Value values, int count)
    {
        ReadOnlySpan<Value> all = NativeArguments.Span(ref values, count);
        if (all[0].Ref is not Closure closure || closure.Code.CompleteCount != count - 1
            || !context.TryChargeMemory(TaskObject.SpawnBytes(closure.Code)))
        {
            return null;
        }

        TaskObject task = TaskObject.Spawned(context, closure, all[1..]);
        if (!task.IsDone)
        {
            context.Tasks.Enqueue(task);
        }

        return task;
    }

    /// <summary>Whether an operation of a channel has the memory that it charges.</summary>
    private static bool HasMemory(ScriptContext context)
    {
        if (context.Memory.Left >= ChannelBytes)
        {
            return true;
        }

        if (!context.TryChargeMemory(ChannelBytes))
        {
            return false;
        }

        context.Memory.Refund(ChannelBytes);
        return true;
    }
}
