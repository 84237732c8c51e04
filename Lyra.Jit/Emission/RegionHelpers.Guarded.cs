using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>
/// How a helper calls what may raise, run out of a limit or need script code: whatever goes wrong, the charges are taken back and the region is left,
/// so that the interpreter does it all again and raises what there is to raise. Legal only for an operation that charges and checks everything
/// before its first effect.
/// </content>
internal static partial class RegionHelpers
{
    /// <summary>The contents of every container that an operation may look into.</summary>
    private const IrMemory Contents =
        IrMemory.ListHeaders | IrMemory.IntElements | IrMemory.FloatElements | IrMemory.BoolElements | IrMemory.ValueElements | IrMemory.Tables
        | IrMemory.Bytes;

    /// <summary>All of a list.</summary>
    private const IrMemory Lists =
        IrMemory.ListHeaders | IrMemory.IntElements | IrMemory.FloatElements | IrMemory.BoolElements | IrMemory.ValueElements;

    /// <summary>May leave the region; charges steps, and is therefore never removed, doubled or moved.</summary>
    private const IrEffects Charges = IrEffects.Exits | IrEffects.Fixed;

    /// <summary>What was charged when a helper began.</summary>
    private readonly ref struct Account(ScriptContext context)
    {
        private readonly long _taken = context.StepsTaken;
        private readonly long _memory = context.MemoryLeft + context.MemoryKept;

        /// <summary>Takes back what was charged since. A budget that was refilled stays so: only what is taken of it counts. What stays is not charged again.</summary>
        public Value TakeBack()
        {
            context.Budget = context.Granted - _taken;
            context.MemoryLeft = _memory - context.MemoryKept;
            return Leave;
        }
    }

    /// <summary>Whether what was thrown is the interpreter's to raise: an error of the script, a limit, a memory that the CLR refused.</summary>
    private static bool IsLeaving(Exception e) =>
        e is ScriptErrorException or RegionLeaveException or OutOfMemoryException or InsufficientExecutionStackException;

    /// <summary>Takes steps; false, and none are taken, when a limit would trip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCharge(ScriptContext context, long steps)
    {
        if ((context.Budget -= steps) >= 0 || context.TryRefill())
        {
            return true;
        }

        context.Budget += steps;
        return false;
    }

    private static unsafe Value Guarded(ScriptContext context, delegate*<ScriptContext, in Value, in Value, Value> operation, in Value a, in Value b)
    {
        Account account = new(context);
        try
        {
            return operation(context, a, b);
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    private static unsafe Value Guarded(ScriptContext context, delegate*<ScriptContext, in Value, Value> operation, in Value a)
    {
        Account account = new(context);
        try
        {
            return operation(context, a);
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary>The elements of something from one index up to another; null where it has not got them, or something goes wrong.</summary>
    private static unsafe T? Cut<T>(ScriptContext context, delegate*<ScriptContext, T, int, int, T> slice, T source, int length, long from, long to)
        where T : class
    {
        if ((ulong)to > (ulong)length || (ulong)from > (ulong)to)
        {
            return null;
        }

        Account account = new(context);
        try
        {
            return slice(context, source, (int)from, (int)to);
        }
        catch (Exception e) when (IsLeaving(e))
        {
            account.TakeBack();
            return null;
        }
    }

    /// <summary>A test as a value, because a bool has no third state that could say "leave".</summary>
    private static unsafe Value Guarded(ScriptContext context, delegate*<ScriptContext, in Value, in Value, bool> test, in Value a, in Value b)
    {
        Account account = new(context);
        try
        {
            return Value.FromBool(test(context, a, b));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary>
    /// A builtin that has no effect but its result: its arguments stay as they are when it fails half-way. What it protects is unprotected then.
    /// </summary>
    private static Value Guarded(ScriptContext context, NativeFunction builtin, ReadOnlySpan<Value> arguments)
    {
        Account account = new(context);
        int protectedCount = context.ProtectedCount;
        try
        {
            return builtin(context, arguments);
        }
        catch (Exception e) when (IsLeaving(e))
        {
            context.UnprotectTo(protectedCount);
            return account.TakeBack();
        }
    }
}
