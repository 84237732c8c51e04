using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Calls of values by C# code: builtins that call procs, hooks, and the host within a run.</summary>
/// <param name="frames">The stacks.</param>
/// <param name="calls">Pushes the frame of the callee.</param>
/// <param name="unwinder">Runs it.</param>
/// <param name="caches">The storage for copies of arguments.</param>
internal sealed class ScriptCallbacks(FrameContext frames, CallInstructions calls, Unwinder unwinder, EngineCaches caches)
{
    /// <inheritdoc cref="ScriptContext.Invoke"/>
    public Value Invoke(in Value callee, ReadOnlySpan<Value> arguments)
    {
        frames.RequireFrames();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return InvokeApart(callee, arguments);
        }

        ref FrameStack stack = ref frames.Stack;
        stack.EnterNative(frames);
        try
        {
            int first = stack.End + 1;
            stack.EnsureRegisters(frames, first + arguments.Length + 1);
            arguments.CopyTo(stack.Registers.AsSpan(first));
            if (!calls.CallValue(callee, first, arguments.Length, first - 1, FrameFlags.Entry))
            {
                return stack.Registers[first - 1];
            }

            // An async proc returns its task, wherever its first run stopped.
            bool isTask = (stack.Running.Flags & FrameFlags.Task) != 0;
            unwinder.RunToExit(stack.Top, isCall: true);
            return isTask ? stack.Registers[first - 1] : frames.TakeResult();
        }
        finally
        {
            stack.ExitNative(frames);
        }
    }

    /// <inheritdoc cref="ScriptContext.InvokeMethod"/>
    public Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments)
    {
        SlabLease all = caches.Slabs.Rent(arguments.Length + 1);
        try
        {
            all.Span[0] = self;
            arguments.CopyTo(all.Span[1..]);
            return Invoke(Value.FromObject(method), all.Span);
        }
        finally
        {
            caches.Slabs.Return(all);
        }
    }

    /// <summary>Invokes on a new native stack. A separate method, because otherwise every call would allocate the closure.</summary>
    private Value InvokeApart(Value callee, ReadOnlySpan<Value> arguments)
    {
        SlabLease copy = caches.Slabs.Rent(arguments.Length);
        try
        {
            arguments.CopyTo(copy.Span);
            Value result = default;
            frames.WithNativeStack(() => result = Invoke(callee, copy.Span));
            return result;
        }
        finally
        {
            caches.Slabs.Return(copy);
        }
    }
}
