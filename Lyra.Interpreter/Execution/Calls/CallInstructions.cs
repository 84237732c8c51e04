using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Calls beyond the loop's fast paths. Positions are absolute in the register stack; "pushed" means that a new frame runs next.
/// </summary>
/// <param name="frames">The stacks.</param>
/// <param name="binder">Puts arguments into the order of parameters.</param>
/// <param name="coroutines">The running generators and tasks.</param>
/// <param name="tasks">Makes the tasks of async procs.</param>
/// <param name="tiering">Runs compiled procs.</param>
/// <param name="caches">The storage for copies of arguments.</param>
internal sealed class CallInstructions(
    FrameContext frames, CallBinder binder, CoroutineStack coroutines, TaskRunner tasks, TierAdapter tiering, EngineCaches caches)
{
    /// <summary>
    /// The slow path of a plain call whose arguments are stored: the stack or the frame array must grow, the frame limit is reached, the
    /// callee is hot, or the budget is exhausted. In the last two cases the loop has counted and charged the call already; both are undone
    /// before the frame is pushed.
    /// </summary>
    /// <returns>
    /// Whether the budget was exhausted: the loop must return <see cref="LoopExit.Refilled"/>, so that the CLR counts its calls.
    /// </returns>
    public bool EnterSlow(Closure callee, int newBase, int returnSlot)
    {
        ref FrameStack stack = ref frames.Stack;
        bool isSpent = frames.Budget.Left < 0;
        if (stack.Top < stack.TopLimit && newBase + callee.Code.RegisterCount <= stack.RegisterLimit)
        {
            frames.Budget.Left += callee.Code.EntryCost;
            callee.Code.Heat++;
        }

        PushOrRun(callee, newBase, returnSlot, FrameFlags.None);
        return isSpent;
    }

    /// <summary>Calls the value at <paramref name="window"/> with the arguments after it.</summary>
    /// <returns>As for <see cref="CallValue"/>.</returns>
    public bool CallSlow(int window, int count) => CallValue(frames.Stack.Registers[window], window + 1, count, window, FrameFlags.None);

    /// <summary>
    /// Calls any value with the positional arguments at <paramref name="first"/>. An immediate result is stored at
    /// <paramref name="returnSlot"/>. The stack above the arguments is free.
    /// </summary>
    /// <param name="callee">The value.</param>
    /// <param name="first">The position of the first argument.</param>
    /// <param name="count">The number of arguments.</param>
    /// <param name="returnSlot">The position for the result.</param>
    /// <param name="flags">The flags of the frame that is pushed.</param>
    /// <param name="receivers">The number of arguments that are receivers, which the source of the call did not write as arguments.</param>
    /// <returns>Whether a frame was pushed, or another one may be the running frame.</returns>
    public bool CallValue(in Value callee, int first, int count, int returnSlot, FrameFlags flags, int receivers = 0)
    {
        switch (callee.Ref)
        {
            case Closure closure:
                binder.Complete(closure, first, count, receivers);
                return Enter(closure, first, returnSlot, flags);
            case NativeProc native:
                CallNative(native, first, count, returnSlot, receivers);
                return false;
            case BoundProc bound:
                binder.Insert(bound.Receiver, first, count);
                return CallValue(Value.FromObject(bound.Target), first, count + 1, returnSlot, flags, receivers + 1);
            case Shape shape:
                binder.Complete(shape.Constructor, first, count, receivers);
                return Enter(shape.Constructor, first, returnSlot, flags);
            case HostType type:
                CallNative(MemberAccess.ConstructorOf(type), first, count, returnSlot, receivers);
                return false;
            case StructObject { Shape.Hooks.Call: { } hook }:
                binder.Insert(callee, first, count);
                binder.Complete(hook, first, count + 1, receivers + 1);
                return Enter(hook, first, returnSlot, flags);
            default:
                throw Throw.TypeError(
                    $"a value of type {Throw.TypeName(callee)} can't be called{HiddenBuiltin.HintFor(frames)}");
        }
    }

    /// <summary>Starts a closure whose arguments are complete. A generator or an async proc returns its object at once.</summary>
    public bool Enter(Closure closure, int first, int returnSlot, FrameFlags flags)
    {
        if (!closure.Code.IsFrameOnly)
        {
            return StartSuspendable(closure, first, returnSlot, flags & FrameFlags.Entry);
        }

        PushOrRun(closure, first, returnSlot, flags);
        return true;
    }

    /// <summary>
    /// Makes the iterator of a generator; or the task of an async proc, and pushes its frame, which runs up to its first unfinished await.
    /// </summary>
    public bool StartSuspendable(Closure callee, int first, int returnSlot, FrameFlags entry = FrameFlags.None)
    {
        GeneratorObject coroutine = NewCoroutine(callee, first);
        if (callee.Code.Kind == ProcKind.Generator)
        {
            frames.Stack.Registers[returnSlot] = Value.FromObject(coroutine);
            return false;
        }

        TaskObject task = tasks.NewTask(coroutine);
        int newBase = first;
        if (returnSlot >= first)
        {
            // A method's frame begins at the position of the result, but a task is stored there before its frame ends.
            newBase = returnSlot + 1;
            frames.Stack.EnsureRegisters(frames, newBase + callee.Code.RegisterCount);
            Array.Copy(coroutine.Registers, 0, frames.Stack.Registers, newBase, callee.Code.ParameterCount);
        }

        (LinkedPrototype?, Instruction[]) step = frames.Stack.ArmedStep;
        frames.PushFrame(callee, newBase, returnSlot, FrameFlags.Task | entry);
        coroutines.Push(coroutine);
        coroutines.PushTask(task);
        frames.Stack.Registers[returnSlot] = Value.FromObject(task);
        RunIfCompiled(entry, step);
        return true;
    }

    /// <summary>Calls a builtin with the arguments at <paramref name="first"/>.</summary>
    public void CallNative(NativeProc native, int first, int count, int returnSlot, int receivers)
    {
        ArgumentBinder.CheckCount(native.Intrinsic, count, receivers);

        // If the arguments are above the caller's registers, callbacks of the builtin would overwrite them.
        ref FrameStack stack = ref frames.Stack;
        ReadOnlySpan<Value> arguments = stack.Registers.AsSpan(first, count);
        Value result = first + count <= stack.End ? native.Intrinsic.Handler(frames, arguments)
            : ArgumentCopies.Call(frames, caches.Slabs, native.Intrinsic, arguments);
        stack.Registers[returnSlot] = result;
    }

    /// <summary>
    /// Calls a builtin with a wrong argument count, or with a struct as the first argument, which may have a method of the builtin's name;
    /// or one that is written in Lyra.
    /// </summary>
    public bool CallBuiltinSlow(NativeProc native, int window, int count)
    {
        Intrinsic intrinsic = native.Intrinsic;
        if (count > 0 && (intrinsic.Traits & IntrinsicTraits.MethodFirst) != 0
            && frames.Stack.Registers[window + 1].Ref is StructObject o && o.Shape.FindMethod(intrinsic.Name) is { } method)
        {
            return CallValue(Value.FromObject(method), window + 1, count, window, FrameFlags.None);
        }

        if (intrinsic.IsScripted(count))
        {
            return Enter(FindScriptedHere(intrinsic, count), window + 1, window, FrameFlags.None);
        }

        CallNative(native, window + 1, count, window, 0);
        return false;
    }

    /// <summary>The proc of an intrinsic that the present instruction of the running frame calls.</summary>
    public Closure FindScriptedHere(Intrinsic row, int count) =>
        frames.FindScripted(row, count, frames.Stack.Running.Closure.Code, frames.Stack.Running.Pc - 1);

    /// <summary>A call with named or spread arguments: puts them into the callee's order, then calls.</summary>
    public Cold CallWithDescriptor(int window, CallDescriptor descriptor, int count)
    {
        (Value target, Value[] arguments) = binder.Bind(window, descriptor, count);
        frames.Stack.EnsureRegisters(frames, window + 1 + arguments.Length);
        arguments.CopyTo(frames.Stack.Registers.AsSpan(window + 1));
        if (target.Ref is Closure closure)
        {
            Enter(closure, window + 1, window, FrameFlags.None);
        }
        else
        {
            CallNative((NativeProc)target.Ref!, window + 1, arguments.Length, window, 0);
        }

        return Cold.Reload;
    }

    /// <summary>Pushes the frame of a hook with its arguments above the running frame.</summary>
    public bool PushHook(Closure hook, int returnSlot, FrameFlags flags, params ReadOnlySpan<Value> arguments)
    {
        ref FrameStack stack = ref frames.Stack;
        int first = stack.End;
        stack.EnsureRegisters(frames, first + arguments.Length);
        arguments.CopyTo(stack.Registers.AsSpan(first));
        return CallValue(Value.FromObject(hook), first, arguments.Length, returnSlot, flags);
    }

    /// <summary>
    /// Pushes the frame of a call. If the proc is compiled, its code runs instead; after it has returned, the caller's frame is the running
    /// one again. A step that the call ended is armed again then, because no frame is left whose end would end it. The first frame of a run
    /// is entered by the run (<see cref="Unwinder.RunToExit"/>).
    /// </summary>
    private void PushOrRun(Closure callee, int newBase, int returnSlot, FrameFlags flags)
    {
        (LinkedPrototype?, Instruction[]) step = frames.Stack.ArmedStep;
        frames.PushFrame(callee, newBase, returnSlot, flags);
        RunIfCompiled(flags, step);
    }

    private void RunIfCompiled(FrameFlags flags, (LinkedPrototype?, Instruction[]) step)
    {
        ref FrameStack stack = ref frames.Stack;
        if (stack.Running.Closure.Code.Heat < 0 && (flags & FrameFlags.Entry) == 0 && !stack.IsStepping && tiering.OnHotCall())
        {
            stack.Rearm(step);
        }
    }

    private GeneratorObject NewCoroutine(Closure callee, int first)
    {
        frames.ChargeMemory(GeneratorObject.BytesFor(callee.Code.RegisterCount));
        GeneratorObject coroutine = callee.Code.Kind == ProcKind.Async
            ? frames.TaskFrames.Take(callee)
            : GeneratorObject.New(frames, callee);
        Array.Copy(frames.Stack.Registers, first, coroutine.Registers, 0, callee.Code.ParameterCount);
        return coroutine;
    }
}
