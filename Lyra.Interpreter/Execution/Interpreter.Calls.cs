using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// Calls beyond the loop's fast paths. Positions are absolute in the register stack; "pushed" means that a new frame runs next.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>
    /// The slow path of a plain call whose arguments are stored: the stack or the frame array must grow, the frame limit is reached, the
    /// callee is hot, or the budget is exhausted. In the last two cases the loop has counted and charged the call already; both are undone
    /// before the frame is pushed.
    /// </summary>
    /// <returns>
    /// Whether the budget was exhausted: the loop must return <see cref="LoopExit.Refilled"/>, so that the CLR counts its calls.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EnterSlow(Closure callee, int newBase, int returnSlot)
    {
        bool isSpent = Budget.Left < 0;
        if (Stack.Top < Stack.TopLimit && newBase + callee.Code.RegisterCount <= Stack.RegisterLimit)
        {
            Budget.Left += callee.Code.EntryCost;
            callee.Code.Heat++;
        }

        PushOrRun(callee, newBase, returnSlot, FrameFlags.None);
        return isSpent;
    }

    /// <summary>
    /// Pushes the frame of a call. If the proc is compiled, its code runs instead; after it has returned, the caller's frame is the running
    /// one again. A step that the call ended is armed again then, because no frame is left whose end would end it. The first frame of a run
    /// is entered by the run (<see cref="Execution.Unwinder.RunToExit"/>).
    /// </summary>
    private void PushOrRun(Closure callee, int newBase, int returnSlot, FrameFlags flags)
    {
        (LinkedPrototype?, Instruction[]) step = Stack.ArmedStep;
        PushFrame(callee, newBase, returnSlot, flags);
        RunIfCompiled(flags, step);
    }

    private void RunIfCompiled(FrameFlags flags, (LinkedPrototype?, Instruction[]) step)
    {
        if (Stack.Running.Closure.Code.Heat < 0 && (flags & FrameFlags.Entry) == 0 && !Stack.IsStepping && Tiering.OnHotCall())
        {
            Stack.Rearm(step);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CallSlow(int window, int count) => CallValue(Stack.Registers[window], window + 1, count, window, FrameFlags.None);

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
    private bool CallValue(in Value callee, int first, int count, int returnSlot, FrameFlags flags, int receivers = 0)
    {
        switch (callee.Ref)
        {
            case Closure closure:
                Binder.Complete(closure, first, count, receivers);
                return Enter(closure, first, returnSlot, flags);
            case NativeProc native:
                CallNative(native, first, count, returnSlot, receivers);
                return false;
            case BoundProc bound:
                Binder.Insert(bound.Receiver, first, count);
                return CallValue(Value.FromObject(bound.Target), first, count + 1, returnSlot, flags, receivers + 1);
            case Shape shape:
                Binder.Complete(shape.Constructor, first, count, receivers);
                return Enter(shape.Constructor, first, returnSlot, flags);
            case HostType type:
                CallNative(MemberAccess.ConstructorOf(type), first, count, returnSlot, receivers);
                return false;
            case StructObject { Shape.Hooks.Call: { } hook }:
                Binder.Insert(callee, first, count);
                Binder.Complete(hook, first, count + 1, receivers + 1);
                return Enter(hook, first, returnSlot, flags);
            default:
                throw Throw.TypeError($"a value of type {Throw.TypeName(callee)} can't be called");
        }
    }

    /// <summary>Starts a closure whose arguments are complete. A generator or an async proc returns its object at once.</summary>
    private bool Enter(Closure closure, int first, int returnSlot, FrameFlags flags)
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
    private bool StartSuspendable(Closure callee, int first, int returnSlot, FrameFlags entry = FrameFlags.None)
    {
        GeneratorObject coroutine = NewCoroutine(callee, first);
        if (callee.Code.Kind == ProcKind.Generator)
        {
            Stack.Registers[returnSlot] = Value.FromObject(coroutine);
            return false;
        }

        TaskObject task = TaskRunner.NewTask(coroutine);
        int newBase = first;
        if (returnSlot >= first)
        {
            // A method's frame begins at the position of the result, but a task is stored there before its frame ends.
            newBase = returnSlot + 1;
            Stack.EnsureRegisters(this, newBase + callee.Code.RegisterCount);
            Array.Copy(coroutine.Registers, 0, Stack.Registers, newBase, callee.Code.ParameterCount);
        }

        (LinkedPrototype?, Instruction[]) step = Stack.ArmedStep;
        PushFrame(callee, newBase, returnSlot, FrameFlags.Task | entry);
        Coroutines.Push(coroutine);
        Coroutines.PushTask(task);
        Stack.Registers[returnSlot] = Value.FromObject(task);
        RunIfCompiled(entry, step);
        return true;
    }

    private GeneratorObject NewCoroutine(Closure callee, int first)
    {
        ChargeMemory(GeneratorObject.BytesFor(callee.Code.RegisterCount));
        GeneratorObject coroutine = callee.Code.Kind == ProcKind.Async ? TaskFrames.Take(callee) : new GeneratorObject(callee);
        Array.Copy(Stack.Registers, first, coroutine.Registers, 0, callee.Code.ParameterCount);
        return coroutine;
    }

    private void CallNative(NativeProc native, int first, int count, int returnSlot, int receivers)
    {
        ArgumentBinder.CheckCount(native.Intrinsic, count, receivers);

        // If the arguments are above the caller's registers, callbacks of the builtin would overwrite them.
        ReadOnlySpan<Value> arguments = Stack.Registers.AsSpan(first, count);
        Value result = first + count <= Stack.End ? native.Intrinsic.Handler(this, arguments)
            : ArgumentCopies.Call(this, Caches.Slabs, native.Intrinsic, arguments);
        Stack.Registers[returnSlot] = result;
    }

    /// <summary>
    /// Calls a builtin with a wrong argument count, or with a struct as the first argument, which may have a method of the builtin's name;
    /// or one that is written in Lyra.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CallBuiltinSlow(NativeProc native, int window, int count)
    {
        Intrinsic intrinsic = native.Intrinsic;
        if (count > 0 && (intrinsic.Traits & IntrinsicTraits.MethodFirst) != 0
            && Stack.Registers[window + 1].Ref is StructObject o && o.Shape.FindMethod(intrinsic.Name) is { } method)
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
    private Closure FindScriptedHere(Intrinsic row, int count) =>
        FindScripted(row, count, Stack.Running.Closure.Code, Stack.Running.Pc - 1);

    /// <summary>A call with named or spread arguments: puts them into the callee's order, then calls.</summary>
    private Cold CallWithDescriptor(int window, CallDescriptor descriptor, int count)
    {
        (Value target, Value[] arguments) = Binder.Bind(window, descriptor, count);
        Stack.EnsureRegisters(this, window + 1 + arguments.Length);
        arguments.CopyTo(Stack.Registers.AsSpan(window + 1));
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
    private bool PushHook(Closure hook, int returnSlot, FrameFlags flags, params ReadOnlySpan<Value> arguments)
    {
        int first = Stack.End;
        Stack.EnsureRegisters(this, first + arguments.Length);
        arguments.CopyTo(Stack.Registers.AsSpan(first));
        return CallValue(Value.FromObject(hook), first, arguments.Length, returnSlot, flags);
    }

    private Value NewClosure(ref Frame frame, ref Value registers, int child)
    {
        LinkedPrototype code = frame.Closure.Code.Child(child);
        CaptureInfo[] infos = code.Prototype.Captures;
        ChargeMemory(Closure.BytesFor(infos.Length));
        Value[] captures = infos.Length == 0 ? [] : new Value[infos.Length];
        for (int i = 0; i < captures.Length; i++)
        {
            captures[i] = infos[i].FromRegister ? At(ref registers, infos[i].Index) : frame.Closure.Captures[infos[i].Index];
        }

        return Value.FromObject(new Closure(code, captures));
    }

    /// <inheritdoc/>
    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments)
    {
        RequireFrames();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return InvokeApart(callee, arguments);
        }

        Stack.EnterNative(this);
        try
        {
            int first = Stack.End + 1;
            Stack.EnsureRegisters(this, first + arguments.Length + 1);
            arguments.CopyTo(Stack.Registers.AsSpan(first));
            if (!CallValue(callee, first, arguments.Length, first - 1, FrameFlags.Entry))
            {
                return Stack.Registers[first - 1];
            }

            // An async proc returns its task, wherever its first run stopped.
            bool isTask = (Stack.Running.Flags & FrameFlags.Task) != 0;
            Unwinder.RunToExit(Stack.Top, isCall: true);
            return isTask ? Stack.Registers[first - 1] : TakeResult();
        }
        finally
        {
            Stack.ExitNative(this);
        }
    }

    /// <summary>Invokes on a new native stack. A separate method, because otherwise every call would allocate the closure.</summary>
    private Value InvokeApart(Value callee, ReadOnlySpan<Value> arguments)
    {
        SlabLease copy = Caches.Slabs.Rent(arguments.Length);
        try
        {
            arguments.CopyTo(copy.Span);
            Value result = default;
            WithNativeStack(() => result = Invoke(callee, copy.Span));
            return result;
        }
        finally
        {
            Caches.Slabs.Return(copy);
        }
    }

    /// <inheritdoc/>
    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments)
    {
        SlabLease all = Caches.Slabs.Rent(arguments.Length + 1);
        try
        {
            all.Span[0] = self;
            arguments.CopyTo(all.Span[1..]);
            return Invoke(Value.FromObject(method), all.Span);
        }
        finally
        {
            Caches.Slabs.Return(all);
        }
    }
}
