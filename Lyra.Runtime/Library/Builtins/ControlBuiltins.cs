using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Builtins for errors, hashing, iterators and the run itself: <c>error assert exit clock hash next done</c>.</summary>
internal static class ControlBuiltins
{
    public static void Rows(RowReader rows)
    {
        rows.Row("error(kind?, message?, cause?)")?.Register(Error, Restartable, least: 1);
        rows.Row("assert(c, msg?)")?.Register(Assert, CallsBack | Restartable);
        rows.Row("exit(code?)")?.Register(Exit);
        rows.Row("clock()")?.Register(static (c, _) => Value.FromFloat(Seconds(c)), Restartable);
        rows.Row("hash(x)")?.Register(static (c, a) => Value.FromInt(Hashing.Hash(c, a[0])), CallsBack | Restartable | MethodFirst);
        rows.Row("next(iterator)")?.RegisterScripted(CallsBack | MethodFirst);
        rows.Row("done(iterator)")?.Register(Done, MethodFirst | Restartable, IntrinsicId.Done);

    }

    /// <summary>The time of a monotonic clock in seconds, from an arbitrary origin.</summary>
    public static double Seconds(ScriptContext context) =>
        context.Host.Time.GetTimestamp() / (double)context.Host.Time.TimestampFrequency;

    /// <summary><c>error(message)</c>, <c>error(kind, message)</c>, <c>error(kind, message, cause)</c>.</summary>
    private static Value Error(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        bool hasFirst = Argument.TryGet(arguments, 0, out Value first);
        bool hasMessage = Argument.TryGet(arguments, 1, out Value message);
        if (!hasFirst && !hasMessage)
        {
            throw Throw.ArgumentError("error: the message is missing");
        }

        string kind = hasFirst && hasMessage ? Argument.Text(first, "error", "kind") : ErrorKinds.Error;
        Value text = hasMessage ? message : first;
        ErrorObject? cause = null;
        if (Argument.TryGetNonNil(arguments, 2, out Value given))
        {
            cause = given.Ref as ErrorObject ?? throw Argument.Wrong(given, "error", "cause", "an error or nil");
        }

        ErrorObject error = new(kind, Argument.Text(text, "error", "message"))
        {
            Cause = cause,
            MessageOwner = (ScriptObject?)text.Ref,
            IsCharged = true,
        };
        context.ChargeMemory(error.BytesWithTexts);
        return Value.FromObject(error);
    }

    private static Value Assert(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].IsTruthy)
        {
            return Value.Nil;
        }

        string text = Argument.TryGetNonNil(arguments, 1, out Value message) ? Formatting.ToText(context, message) : "the assertion failed";
        throw new ScriptErrorException(new ErrorObject(ErrorKinds.AssertionError, text) { MessageOwner = message.Ref as ScriptString });
    }

    private static Value Exit(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        long code = Argument.TryGetNonNil(arguments, 0, out Value given) ? Argument.Integer(given, "exit", "code") : 0;
        if (code is < 0 or > 255)
        {
            throw Throw.ValueError("exit: the code must be from 0 to 255");
        }

        throw new ScriptErrorException(new ErrorObject("Exit", $"exit({code})") { Class = ErrorClass.Exit, ExitCode = (int)code });
    }

    private static Value Done(ScriptContext context, ReadOnlySpan<Value> arguments) => arguments[0].Ref switch
    {
        ScriptIterator iterator => Value.FromBool(iterator.IsDone),
        TaskObject task => Value.FromBool(task.IsDone),
        _ => throw Argument.Wrong(arguments[0], "done", "iterator", "an iterator or task"),
    };
}
