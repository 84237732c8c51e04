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
    public static Value Call(ScriptContext context, SlabPool slabs, Intrinsic intrinsic, ReadOnlySpan<Value> arguments)
    {
        if (arguments.Length > SlabPool.LargestSlot)
        {
            return CallCounted(context, intrinsic, arguments);
        }

        SlabLease copy = slabs.Rent(arguments.Length);
        try
        {
            arguments.CopyTo(copy.Span);
            return intrinsic.Handler(context, copy.Span);
        }
        finally
        {
            slabs.Return(copy);
        }
    }

    /// <summary>For so many arguments that their copy must count as memory while the builtin calls back.</summary>
    private static Value CallCounted(ScriptContext context, Intrinsic intrinsic, ReadOnlySpan<Value> arguments)
    {
        context.CheckElements(arguments.Length);
        context.ChargeMemory(TupleObject.BytesFor(arguments.Length));
        TupleObject copy = TupleObject.Of(arguments);
        context.Protect(copy);
        Value result = intrinsic.Handler(context, copy.Items);
        context.Unprotect();
        return result;
    }
}
