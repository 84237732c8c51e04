using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
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
    /// The slow way into a plain callee whose arguments are in place: the stack or the frame array must grow, the frame limit is reached,
    /// the callee is hot, or the budget is spent. In the last two cases the loop has counted and charged the call already; that is taken
    /// back before the frame is pushed.
    /// </summary>
    /// <returns>
    /// Whether the budget was spent: the loop is to be left with <see cref="LoopExit.Refilled"/>, for the CLR to count its calls.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EnterSlow(Closure callee, int newBase, int returnSlot)
    {
        bool isSpent = Budget.Left < 0;
        if (Stack.Top < Stack.TopLimit && newBase + callee.Code.RegisterCount <= Stack.Registers.Length)
        {
            Budget.Left += callee.Code.EntryCost;
            callee.Code.Heat++;
        }

        bool mayEnterRegion = !Stack.IsStepping;
        PushFrame(callee, newBase, returnSlot, FrameFlags.None);
        if (callee.Code.Heat < 0 && mayEnterRegion)
        {
            Tiering.OnHotCall();
        }

        return isSpent;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CallSlow(int window, int count) => CallValue(Stack.Registers[window], window + 1, count, window, FrameFlags.None);

    /// <summary>
    /// Calls any value with the positional arguments at <paramref name="first"/>. A result that is there at once goes to
    /// <paramref name="returnSlot"/>. The stack above the arguments is free.
    /// </summary>
    /// <param name="callee">What is called.</param>
    /// <param name="first">Where the arguments begin.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="returnSlot">Where the result goes.</param>
    /// <param name="flags">Of the frame that is pushed.</param>
    /// <param name="receivers">How many of the arguments are receivers, which the call's source did not write as arguments.</param>
    /// <returns>Whether a frame was pushed.</returns>
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
            case StructObject { Shape.Hooks.Call: { } hook }:
                Binder.Insert(callee, first, count);
                Binder.Complete(hook, first, count + 1, receivers + 1);
                return Enter(hook, first, returnSlot, flags);
            default:
                throw Throw.TypeError($"a value of type {Throw.TypeName(callee)} can't be called");
        }
    }

    /// <summary>Starts a closure whose arguments are complete. A generator or an async proc gives its object at once.</summary>
    private bool Enter(Closure closure, int first, int returnSlot, FrameFlags flags)
    {
        if (closure.Code.IsFrameOnly)
        {
            PushFrame(closure, first, returnSlot, flags);
            return true;
        }

        return StartSuspendable(closure, first, returnSlot, flags & FrameFlags.Entry);
    }

    /// <summary>
    /// Makes the iterator of a generator, or the task of an async proc, whose frame is pushed and runs up to its first unfinished await.
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
            // A method's frame begins where the result goes, but a task is the result before its frame is gone.
            newBase = returnSlot + 1;
            Stack.EnsureRegisters(this, newBase + callee.Code.RegisterCount);
            Array.Copy(coroutine.Registers, 0, Stack.Registers, newBase, callee.Code.ParameterCount);
        }

        PushFrame(callee, newBase, returnSlot, FrameFlags.Task | entry);
        Coroutines.Push(coroutine);
        Coroutines.PushTask(task);
        Stack.Registers[returnSlot] = Value.FromObject(task);
        return true;
    }

    private GeneratorObject NewCoroutine(Closure callee, int first)
    {
        ChargeMemory(GeneratorObject.BytesFor(callee.Code.RegisterCount));
        Value[] registers = new Value[callee.Code.RegisterCount];
        Array.Copy(Stack.Registers, first, registers, 0, callee.Code.ParameterCount);
        return new GeneratorObject(callee, registers);
    }

    private void CallNative(NativeProc native, int first, int count, int returnSlot, int receivers)
    {
        ArgumentBinder.CheckCount(native.Intrinsic, count, receivers);

        // Arguments above the caller's registers would be overwritten by what the builtin calls back.
        ReadOnlySpan<Value> arguments = Stack.Registers.AsSpan(first, count);
        Value result = first + count <= Stack.End ? native.Intrinsic.Handler(this, arguments) : CallWithCopy(native.Intrinsic, arguments);
        Stack.Registers[returnSlot] = result;
    }

    private Value CallWithCopy(Intrinsic intrinsic, ReadOnlySpan<Value> arguments)
    {
        SlabLease copy = Slabs.Rent(arguments.Length);
        try
        {
            arguments.CopyTo(copy.Span);
            return intrinsic.Handler(this, copy.Span);
        }
        finally
        {
            Slabs.Return(copy);
        }
    }

    /// <summary>
    /// A builtin whose argument count is wrong, or whose first argument is a struct that may have a method of the builtin's name.
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

        CallNative(native, window + 1, count, window, 0);
        return false;
    }

    /// <summary>A call with named or spread arguments: brings them into the callee's order, then calls.</summary>
    private void CallWithDescriptor(int window, CallDescriptor descriptor, int count)
    {
        (Value target, Value[] arguments) = Binder.Bind(window, descriptor, count);
        Stack.EnsureRegisters(this, window + 1 + arguments.Length);
        arguments.CopyTo(Stack.Registers.AsSpan(window + 1));
        if (target.Ref is Closure closure)
        {
            Enter(closure, window + 1, window, FrameFlags.None);
            return;
        }

        CallNative((NativeProc)target.Ref!, window + 1, arguments.Length, window, 0);
    }

    /// <summary>Pushes the frame of a hook with its arguments above the running frame.</summary>
    private bool PushHook(Closure hook, int returnSlot, FrameFlags flags, params ReadOnlySpan<Value> arguments)
    {
        int first = Stack.End;
        Stack.EnsureRegisters(this, first + arguments.Length);
        arguments.CopyTo(Stack.Registers.AsSpan(first));
        return CallValue(Value.FromObject(hook), first, arguments.Length, returnSlot, flags);
    }

    /// <summary>
    /// An instance of a struct from one register per field. Unset ones take their defaults, which only the constructor can evaluate: then
    /// its frame is pushed.
    /// </summary>
    private bool NewStruct(Shape shape, int window, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            if (Stack.Registers[window + i].IsUnset)
            {
                PushFrame(shape.Constructor, window + 1, window, FrameFlags.None);
                return true;
            }
        }

        ref Value first = ref Stack.At(window + 1);
        for (int i = 0; i < count; i++)
        {
            if (shape.FieldTypes[i] is { } type)
            {
                SlotCheck.Convert(this, type, ref Unsafe.Add(ref first, i));
            }
        }

        Stack.At(window) = MakeStruct(shape, ref first);
        return false;
    }

    /// <summary>A new instance whose fields are copied from consecutive registers; they are converted already.</summary>
    private Value MakeStruct(Shape shape, ref Value first)
    {
        int count = shape.Fields.Length;
        ChargeMemory(StructObject.BytesFor(count));
        StructObject o = StructObject.Create(shape);
        for (int i = 0; i < count; i++)
        {
            o.Slot(i) = Unsafe.Add(ref first, i);
        }

        return Value.FromObject(o);
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

    private Value NewStructType(LinkedPrototype linked, int index) =>
        Value.FromObject(new Shape(linked.Prototype.Structs[index], linked, _nextShapeId++));

    /// <inheritdoc/>
    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments)
    {
        RequireFrames();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return InvokeApart(callee, arguments);
        }

        Stack.EnterNative();
        try
        {
            int first = Stack.End + 1;
            Stack.EnsureRegisters(this, first + arguments.Length + 1);
            arguments.CopyTo(Stack.Registers.AsSpan(first));
            if (!CallValue(callee, first, arguments.Length, first - 1, FrameFlags.Entry))
            {
                return Stack.Registers[first - 1];
            }

            // An async proc gives its task, wherever its first run stopped.
            bool isTask = (Stack.Running.Flags & FrameFlags.Task) != 0;
            Unwinder.RunToExit(Stack.Top);
            return isTask ? Stack.Registers[first - 1] : TakeResult();
        }
        finally
        {
            Stack.LeaveNative();
        }
    }

    /// <summary>
    /// On a native stack of its own. A method of its own, because the closure would be allocated by every call otherwise.
    /// </summary>
    private Value InvokeApart(Value callee, ReadOnlySpan<Value> arguments)
    {
        SlabLease copy = Slabs.Rent(arguments.Length);
        try
        {
            arguments.CopyTo(copy.Span);
            Value result = default;
            WithNativeStack(() => result = Invoke(callee, copy.Span));
            return result;
        }
        finally
        {
            Slabs.Return(copy);
        }
    }

    /// <inheritdoc/>
    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments)
    {
        SlabLease all = Slabs.Rent(arguments.Length + 1);
        try
        {
            all.Span[0] = self;
            arguments.CopyTo(all.Span[1..]);
            return Invoke(Value.FromObject(method), all.Span);
        }
        finally
        {
            Slabs.Return(all);
        }
    }
}
