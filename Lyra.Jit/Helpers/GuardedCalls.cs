using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <summary>
/// How a helper calls code that may raise, reach a limit or need script code: on any failure, the charges are taken back and the region
/// exits, so that the interpreter executes the instruction again and raises the error. Only operations that charge and check everything
/// before their first effect may be called so.
/// </summary>
internal static class GuardedCalls
{
    /// <summary>The reference of a Value with which a helper makes the region exit.</summary>
    internal const string ExitTag = "\u0001exit";

    /// <summary>The result of a helper that makes the region exit.</summary>
    internal static Value Exit => new(ExitTag, 0);

    /// <summary>The state of the charges when a helper began.</summary>
    internal readonly ref struct Account(ScriptContext context)
    {
        private readonly long _taken = context.StepsTaken;
        private readonly long _memory = context.Memory.Left + context.Memory.Withheld + context.Memory.Kept;

        /// <summary>Takes back the charges since then. A refilled budget stays refilled: only the steps taken from it count.</summary>
        public Value TakeBack()
        {
            context.Budget.Left = context.Budget.Granted - _taken;
            context.Memory.Refund(_memory - context.Memory.Left - context.Memory.Withheld - context.Memory.Kept);
            return Exit;
        }
    }

    /// <summary>Whether the interpreter has to raise the exception: a script error, a limit, or memory that the CLR refused.</summary>
    internal static bool MakesExit(Exception e) =>
        e is ScriptErrorException or RegionExitException or OutOfMemoryException or InsufficientExecutionStackException;

    internal static unsafe Value Guarded(
        ScriptContext context, delegate*<ScriptContext, in Value, in Value, Value> operation, in Value a, in Value b)
    {
        Account account = new(context);
        try
        {
            return operation(context, a, b);
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    internal static unsafe Value Guarded(ScriptContext context, delegate*<ScriptContext, in Value, Value> operation, in Value a)
    {
        Account account = new(context);
        try
        {
            return operation(context, a);
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary>The elements from one index up to another; null when they do not exist, or on any failure.</summary>
    internal static unsafe T? Cut<T>(
        ScriptContext context, delegate*<ScriptContext, T, int, int, T> slice, T source, int length, long from, long to)
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
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return null;
        }
    }

    /// <summary>A test as a value, because a bool has no third state that could mean "exit".</summary>
    internal static unsafe Value Guarded(
        ScriptContext context, delegate*<ScriptContext, in Value, in Value, bool> test, in Value a, in Value b)
    {
        Account account = new(context);
        try
        {
            return Value.FromBool(test(context, a, b));
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary>
    /// Calls a builtin without effects: its arguments stay unchanged when it fails half-way. Objects that it protects from collection are
    /// released then.
    /// </summary>
    internal static Value Guarded(ScriptContext context, NativeFunction builtin, ReadOnlySpan<Value> arguments)
    {
        Account account = new(context);
        int protectedCount = context.ProtectedCount;
        try
        {
            return builtin(context, arguments);
        }
        catch (Exception e) when (MakesExit(e))
        {
            context.UnprotectTo(protectedCount);
            return account.TakeBack();
        }
    }
}
