using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Calls builtins with copies of their arguments, where callbacks would overwrite the registers that hold them.</summary>
internal static class ArgumentCopies
{
    /// <summary>Calls a builtin with a copy of its arguments, in a slot of the pool.</summary>
    public static Value Call(Interpreter interpreter, Intrinsic intrinsic, ReadOnlySpan<Value> arguments)
    {
        if (arguments.Length > SlabPool.LargestSlot)
        {
            return CallCounted(interpreter, intrinsic, arguments);
        }

        SlabLease copy = interpreter.Slabs.Rent(arguments.Length);
        try
        {
            arguments.CopyTo(copy.Span);
            return intrinsic.Handler(interpreter, copy.Span);
        }
        finally
        {
            interpreter.Slabs.Return(copy);
        }
    }

    /// <summary>For so many arguments that their copy must count as memory while the builtin calls back.</summary>
    private static Value CallCounted(Interpreter interpreter, Intrinsic intrinsic, ReadOnlySpan<Value> arguments)
    {
        interpreter.ChargeMemory(TupleObject.BytesFor(arguments.Length));
        TupleObject copy = TupleObject.Of(arguments);
        interpreter.Protect(copy);
        Value result = intrinsic.Handler(interpreter, copy.Items);
        interpreter.Unprotect();
        return result;
    }
}
