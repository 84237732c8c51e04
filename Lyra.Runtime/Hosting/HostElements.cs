using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>The elements of collections of the host: conversions, and the errors of their operations.</summary>
internal static class HostElements
{
    /// <summary>Reads a value as an element.</summary>
    /// <param name="context">The run.</param>
    /// <param name="value">The value.</param>
    /// <param name="what">The collection, for the error: <c>list</c>.</param>
    /// <exception cref="ScriptErrorException">As <see cref="HostReader.Refused"/> says.</exception>
    public static T Read<T>(ScriptContext context, in Value value, string what) => HostReader.TryRead(value, context, out T? item)
        ? item!
        : throw HostReader.Refused($"an element of the host's {what}", value, typeof(T));

    /// <summary>
    /// The script value of an element, as of a part of the collection; HostError if it has none, as for the result of a delegate.
    /// </summary>
    public static Value Write<T>(T item, ScriptContext context)
    {
        try
        {
            return HostWriter.WritePart(item, context);
        }
        catch (ArgumentException e)
        {
            throw DelegateAdapter.Failed(context, e);
        }
    }

    /// <summary>Runs an operation of the host's collection; an exception becomes an error of the script.</summary>
    public static TResult Run<TState, TResult>(ScriptContext context, TState state, Func<TState, TResult> operation)
    {
        context.HasForeignAllocations = true;
        try
        {
            return operation(state);
        }
        catch (Exception e)
        {
            // Every exception of the host's code becomes an error of the script.
            throw DelegateAdapter.Failed(context, e);
        }
    }

    /// <summary>The number of elements. It is also asked for outside of runs; an exception becomes an error all the same.</summary>
    public static int CountOf<TSource>(TSource source, Func<TSource, int> count)
    {
        try
        {
            return count(source);
        }
        catch (Exception e) when (e is not ScriptErrorException)
        {
            throw HostTasks.ErrorFor(e);
        }
    }

    /// <summary>
    /// Whether only code of the platform compares values: they are numbers, bools or texts, and the comparer is the default one or one of
    /// the platform for texts. Other comparers of the platform may call delegates of the host.
    /// </summary>
    public static bool AreComparedByPlatform<T>(IEqualityComparer<T> comparer) =>
        (typeof(T).IsPrimitive || typeof(T) == typeof(string))
        && (comparer.Equals(EqualityComparer<T>.Default)
            || (comparer is StringComparer && comparer.GetType().Assembly == typeof(object).Assembly));

    /// <summary>The error for a change of a collection that can only be read.</summary>
    public static ScriptErrorException ReadOnly(string what) => Throw.TypeError($"the host's {what} can only be read");

    /// <summary>The error for a change of the size of an array.</summary>
    public static ScriptErrorException FixedSize() => Throw.TypeError("the host's array can't change its size");
}
