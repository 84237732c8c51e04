using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>How the interpreter's call of a compiled proc ended.</summary>
internal enum ProcOutcome : byte
{
    /// <summary>It returned.</summary>
    Returned,

    /// <summary>It exited. All frames are in the interpreter's stacks, and the innermost one continues.</summary>
    Unwound,

    /// <summary>
    /// The interpreter continues in the innermost frame, or settles what is pending there: an error, for example. All frames are in its
    /// stacks.
    /// </summary>
    Raised,

    /// <summary>The arguments do not have the representations that it expects. Nothing happened.</summary>
    Mismatch,
}

/// <content>Entries into compiled procs from the interpreter, their exits, and their calls.</content>
internal static partial class RegionRuntime
{
    /// <summary>
    /// Calls a compiled proc in place of the interpreter's running frame, which is at the proc's first instruction. If the proc returns,
    /// the interpreter pops the frame.
    /// </summary>
    /// <param name="cell">The cell of the proc.</param>
    /// <param name="data">The data of its region.</param>
    /// <param name="call">The frame and its surroundings.</param>
    /// <param name="result">Its result, if it returns.</param>
    public static ProcOutcome EnterProc(EntryCell cell, RegionData data, in ProcCall call, ref Value result)
    {
        ScriptContext context = call.Context;
        bool isTaken;
        bool isUnwinding;
        bool hasFrames;
        EntryScope scope = new(context, data);
        try
        {
            isTaken = cell.Bridge!(context, call.Stack, call.Origin, call.Closure, call.FramesLeft, ref result);
            isUnwinding = context.Regions.IsUnwinding;
            hasFrames = context.Regions.HasFrames;
        }
        catch (Exception e) when (context.Regions.HostCall != 0)
        {
            if (!scope.TryRaise(context, e))
            {
                throw;
            }

            return ProcOutcome.Raised;
        }
        finally
        {
            scope.End(context);
        }

        if (hasFrames)
        {
            return ProcOutcome.Raised;
        }

        if (isUnwinding)
        {
            data.Unwinding.BuildFrames(data.Frames);
            return ProcOutcome.Unwound;
        }

        return isTaken ? ProcOutcome.Returned : ProcOutcome.Mismatch;
    }

    /// <summary>
    /// As <see cref="EnterProc"/>, for a self-contained proc that has no frame, where no other compiled code runs. It does the same with
    /// less: there is no outer entry whose state would have to be kept, and no call during which frames could be built. After an exception,
    /// which only a fault of Lyra throws, the caller must call <see cref="ExitSelfContained"/>: a handler here would keep all values in
    /// memory. After <see cref="ProcOutcome.Unwound"/> it must push the frame and build the others.
    /// </summary>
    public static ProcOutcome EnterSelfContained(EntryCell cell, RegionData data, in ProcCall call, ref Value result)
    {
        ScriptContext context = call.Context;
        NativeStackCheck.EnterOutermost(context);
        context.Regions.Depth = 1;
        context.InRegion = true;
        bool isTaken = cell.Bridge!(context, call.Stack, call.Origin, call.Closure, call.FramesLeft, ref result);
        ExitSelfContained(context);
        if (!context.Regions.IsUnwinding)
        {
            return isTaken ? ProcOutcome.Returned : ProcOutcome.Mismatch;
        }

        context.Regions.IsUnwinding = false;
        context.Regions.Exits!.Built = 0;
        return ProcOutcome.Unwound;
    }

    /// <summary>Ends <see cref="EnterSelfContained"/>.</summary>
    public static void ExitSelfContained(ScriptContext context)
    {
        context.InRegion = false;
        context.Regions.Depth = 0;
        context.Budget.BeginInterpreter();
        NativeStackCheck.ExitOutermost(context);
    }

    /// <summary>
    /// An indirect call: emitted code calls a proc that it does not know, if it has compiled code. The caller has noted its call, so that
    /// the proc may exit or need the interpreter.
    /// </summary>
    /// <returns>The result, as of any call of compiled code; the unset marker when nothing was called or charged.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Value CallIndirect(
        ScriptContext context, int framesLeft, object? callee, long bits, ref Value arguments, int count, bool needsNoTask)
    {
        // A task has registers of its own, so its arguments need no other place.
        if (callee is Closure { Code.Kind: ProcKind.Async } starts)
        {
            return CallAsync(context, framesLeft, starts, NativeArguments.Span(ref arguments, count), needsNoTask);
        }

        Value[] buffer = context.Regions.Exits!.Arguments;
        (Closure? closure, bool hasReceiver) = FindCallee(callee, ref buffer[0]);
        int first = hasReceiver ? 0 : 1;
        int used = closure is null ? 0 : Math.Max(count + 1, first + closure.Code.ParameterCount);
        if (closure is not { Code.Kind: not ProcKind.Generator } || used > buffer.Length)
        {
            buffer[0] = default;
            return Value.Unset;
        }

        Span<Value> registers = buffer.AsSpan(0, used);
        NativeArguments.Span(ref arguments, count).CopyTo(registers[1..]);
        Value result = closure.Code.Kind == ProcKind.Async
            ? CallAsync(context, framesLeft, closure, registers[first..(count + 1)], needsNoTask)
            : CallBound(context, framesLeft, closure, first, count + 1 - first);
        registers.Clear();
        return result;
    }

    private static Value CallAsync(
        ScriptContext context, int framesLeft, Closure closure, ReadOnlySpan<Value> arguments, bool needsNoTask) =>
        closure.Code.CompleteCount == arguments.Length ? StartTask(context, framesLeft, closure, arguments, needsNoTask) : Value.Unset;

    /// <summary>Calls a proc with the arguments in the buffer for them.</summary>
    /// <param name="context">The context.</param>
    /// <param name="framesLeft">As <see cref="EntryCode{TResult}"/> takes it.</param>
    /// <param name="closure">What is called.</param>
    /// <param name="first">The position of the first argument in the buffer.</param>
    /// <param name="count">The number of arguments.</param>
    /// <returns>The result; the unset marker when nothing was called or charged.</returns>
    private static Value CallBound(ScriptContext context, int framesLeft, Closure closure, int first, int count)
    {
        LinkedPrototype code = closure.Code;
        Value[] registers = context.Regions.Exits!.Arguments;
        if (code.Entry is not ProcEntry { Cell.Bridge: { } bridge })
        {
            code.NoteIndirectCall();
            return Value.Unset;
        }

        long rest = 0;
        if (code.CompleteCount != count && !TryComplete(context, code.Prototype, registers.AsSpan(first), count, out rest))
        {
            return Value.Unset;
        }

        Value result = default;
        if (context.TryCharge(code.EntryCost))
        {
            if (bridge(context, registers, first, closure, framesLeft, ref result))
            {
                return result;
            }

            context.Budget.Left += code.EntryCost;
        }

        context.Memory.Refund(rest);
        return Value.Unset;
    }

    /// <summary>
    /// Puts unset markers in the places of arguments that have defaults, and the rest into a list, as the interpreter binds arguments.
    /// False when it has to raise an error.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="prototype">The proc.</param>
    /// <param name="arguments">The buffer, from the first argument on.</param>
    /// <param name="count">The number of arguments.</param>
    /// <param name="charged">The bytes that were charged for the list.</param>
    private static bool TryComplete(ScriptContext context, Prototype prototype, Span<Value> arguments, int count, out long charged)
    {
        charged = 0;
        int named = prototype.HasRest ? prototype.Parameters.Length - 1 : prototype.Parameters.Length;
        if (count > named && !prototype.HasRest)
        {
            return false;
        }

        for (int i = count; i < named; i++)
        {
            if (!prototype.Parameters[i].HasDefault)
            {
                return false;
            }

            arguments[i] = Value.Unset;
        }

        if (!prototype.HasRest)
        {
            return true;
        }

        if (ObjectHelpers.RestOf(context, arguments[Math.Min(named, count)..count]) is not { } rest)
        {
            return false;
        }

        charged = ListObject.BytesFor(rest.Strategy, rest.Count);
        arguments[named] = Value.FromObject(rest);
        return true;
    }

    /// <summary>
    /// A step of a loop over a generator: emitted code resumes it, if it has compiled code. The caller has noted its call.
    /// </summary>
    /// <returns>As described for <see cref="ResumeCall"/>.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Value Resume(ScriptContext context, int framesLeft, GeneratorObject generator, int yieldCost)
    {
        LinkedPrototype code = generator.Closure.Code;
        int cost = generator.EntryCost;
        if (generator.IsDone
            || code.Entry is not ProcEntry { Cell: EntryCell<EntryCode<GeneratorObject, Value>> cell }
            || !context.TryCharge(cost))
        {
            code.NoteIndirectCall();
            return Value.Unset;
        }

        Value value = cell.Target(context, framesLeft, generator);
        if (context.Regions.IsUnwinding || generator.IsDone)
        {
            return value;
        }

        if (value.IsUnset)
        {
            context.Budget.Left += cost;
        }
        else if (!context.TryCharge(yieldCost))
        {
            // The interpreter must find the generator at its yield, which takes the back-edge and raises the error.
            generator.Pc--;
            generator.Registers[code.Prototype.Code[generator.Pc].A] = value;

            // What the interpreter charges for going on there, which is less than the beginning of a generator has cost.
            context.Budget.Left += generator.EntryCost;
            return Value.Unset;
        }

        return value;
    }

    /// <summary>A call of an async proc that has compiled code: runs it to its first unfinished await.</summary>
    /// <returns>
    /// The task; or its result, if it is finished, the task is not needed and the result is no task. The unset marker when nothing was
    /// called or charged.
    /// </returns>
    private static Value StartTask(
        ScriptContext context, int framesLeft, Closure closure, ReadOnlySpan<Value> arguments, bool needsNoTask)
    {
        LinkedPrototype code = closure.Code;
        if (code.Entry is not ProcEntry { Cell: EntryCell<EntryCode<GeneratorObject, Value>> cell })
        {
            code.NoteIndirectCall();
            return Value.Unset;
        }

        long bytes = TaskObject.SpawnBytes(code);
        if (!TaskHelpers.BeginTask(context, bytes, code.EntryCost))
        {
            return Value.Unset;
        }

        GeneratorObject coroutine = context.TaskFrames.Take(closure);
        arguments.CopyTo(coroutine.Registers);
        Value result = cell.Target(context, framesLeft, coroutine);
        if (context.Regions.IsUnwinding)
        {
            return default;
        }

        if (coroutine.IsDone)
        {
            context.TaskFrames.Return(coroutine);
            return needsNoTask
                ? TaskHelpers.ResultOrTask(code.Prototype, result.Ref, result.Bits)
                : Value.FromObject(TaskHelpers.FinishedTask(code.Prototype, result.Ref, result.Bits));
        }

        if (coroutine.Task is { } waiting)
        {
            return Value.FromObject(waiting);
        }

        context.Budget.Left += code.EntryCost;
        context.Memory.Refund(bytes);
        return Value.Unset;
    }

    /// <summary>
    /// The closure that a call of a value runs, and whether an object is passed as its first argument; bound methods, struct types and
    /// <c>__call</c> hooks are looked through. Null for other values.
    /// </summary>
    private static (Closure? Closure, bool HasReceiver) FindCallee(object? callee, ref Value receiver)
    {
        switch (callee)
        {
            case Closure closure:
                return (closure, false);
            case BoundProc bound:
                receiver = bound.Receiver;
                return (bound.Target as Closure, true);
            case Shape shape:
                return (shape.Constructor, false);
            case StructObject { Shape.Hooks.Call: { } hook } instance:
                receiver = Value.FromObject(instance);
                return (hook, true);
            default:
                return (null, false);
        }
    }

    /// <summary>The frames that compiled procs may need above the running one; see <see cref="EntryCode{TResult}"/>.</summary>
    public static int CallableFrames(ScriptContext context) => context.FramesLeft() - EntryCodes.Reserve;

    /// <summary>Emitted code of a proc calls this when it exits through a guard, and after a call whose callee has exited.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ExitProc(RegionData data, ScriptContext context, int guard)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Unwinding unwinding = data.Unwinding;
        if (!context.Regions.IsUnwinding)
        {
            unwinding.Begin(data.Region, guard, buffers.Built);
            context.Regions.IsUnwinding = true;
            buffers.Built = int.MaxValue;
        }

        RegionGuard left = data.Guards[guard];
        context.Budget.Left += left.Refund;
        unwinding.Add(data.States[left.State], buffers);
    }

    /// <summary>
    /// Emitted code calls this after a noted call during which frames were built, or whose callee has not returned. A callee that exited is
    /// finished by the interpreter, so that its caller can continue.
    /// </summary>
    /// <param name="data">The caller's data.</param>
    /// <param name="context">The engine's context.</param>
    /// <param name="state">The caller's state after the call.</param>
    /// <returns>
    /// A constant of <see cref="NotedCallResult"/>. With <see cref="NotedCallResult.Left"/>, the region has to return at once.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int AfterNotedCall(RegionData data, ScriptContext context, int state)
    {
        IFrameHost host = data.Frames;
        ExitBuffers buffers = context.Regions.Exits!;
        ExitState here = data.States[state];
        if (context.Regions.HasFrames)
        {
            return NotedCallResult.Left;
        }

        if (!context.Regions.IsUnwinding)
        {
            NotedCalls.Pop(host, buffers, here);
            buffers.Built = buffers.Top;
            return NotedCallResult.Returned;
        }

        BuildCallee(data, context, here);
        if (!host.Finish(data.Unwinding.Callee) || !TakeResult(host, buffers, here))
        {
            Exit(context);
            return NotedCallResult.Left;
        }

        NotedCalls.Pop(host, buffers, here);
        buffers.Built = buffers.Top;
        context.InRegion = true;
        return NotedCallResult.Finished;
    }

    /// <summary>
    /// The compiled procs in progress return without a result: all their frames are in the interpreter's stacks, where it continues.
    /// </summary>
    private static void Exit(ScriptContext context)
    {
        context.Regions.IsUnwinding = true;
        context.Regions.HasFrames = true;
        context.Regions.Exits!.Built = int.MaxValue;
    }

    /// <summary>Builds the frames of a callee that exited, and those of all its callers.</summary>
    private static void BuildCallee(RegionData data, ScriptContext context, ExitState caller)
    {
        IFrameHost host = data.Frames;
        ExitBuffers buffers = context.Regions.Exits!;
        buffers.Built = data.Unwinding.Built;
        int top = buffers.Top;
        buffers.Top = top + caller.ValueCount + 1;
        NotedCalls.BuildCallers(host, buffers);
        buffers.Top = top;
        data.Unwinding.BuildCalleeFrames(host, caller, host.BaseOf(host.Top - caller.Frames.Length + 1));
        context.Regions.IsUnwinding = false;
        context.InRegion = false;
    }

    /// <summary>
    /// Passes the result that the interpreter has stored for a caller on to its compiled code, in the exit buffers. False if it has another
    /// representation than the code expects: then the interpreter continues the caller, too.
    /// </summary>
    private static bool TakeResult(IFrameHost host, ExitBuffers buffers, ExitState caller)
    {
        int origin = host.BaseOf(host.Top - caller.Frames.Length + 1);
        Value result = host.Stack[origin + caller.Callee.GetValueOrDefault().ReturnSlot];
        if (!Fits(result, caller.Result))
        {
            return false;
        }

        buffers.Ints[buffers.Top] = result.Bits;
        buffers.Floats[buffers.Top] = BitConverter.Int64BitsToDouble(result.Bits);
        buffers.Objects[buffers.Top].Object = result.Ref;
        return true;
    }

    private static bool Fits(in Value value, Representation? expected) => expected?.Type switch
    {
        null => value.IsNil,
        IrType.Any => true,
        IrType.Int => value.IsInt,
        IrType.Float => value.IsFloat,
        IrType.Bool => value.IsBool,
        IrType.Struct => value.Ref is StructObject instance && ReferenceEquals(instance.Shape, expected.Value.Shape),
        { } type => IrTypes.ClrType(type).IsInstanceOfType(value.Ref),
    };
}
