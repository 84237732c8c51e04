using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of list that call a proc for each element. If a callback changes the list's size, they throw ConcurrentModification, as a
/// loop does. If it changes an element that is not yet visited, they use the new element.
/// </summary>
internal static class ListCallbacks
{
    public static void Rows(RowReader rows)
    {
        if (rows.Matches("map(list, f)")) rows.Register(Map, CallsBack);
        if (rows.Matches("filter(list, f)")) rows.Register(Filter, CallsBack);
        if (rows.Matches("reduce(list, f, init?)")) rows.Register(Reduce, CallsBack);
        if (rows.Matches("each(list, f)")) rows.Register(Each, CallsBack);
        if (rows.Matches("find(list, f)")) rows.Register(Find, CallsBack);
    }

    /// <summary>Returns a new list of the proc's result for each element.</summary>
    public static ListObject MapEach(ScriptContext context, ListObject list, in Value f)
    {
        Argument.Callable(f, "map", "f");
        ListObject mapped = new();
        mapped.EnsureCapacity(context, list.Count);
        context.Protect(mapped);
        int count = list.Count;
        for (int i = 0; i < count; i++)
        {
            mapped.Add(context, Call(context, f, list, i, count));
        }

        context.Unprotect();
        return mapped;
    }

    private static Value Map(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromObject(MapEach(context, Argument.List(arguments[0], "map", "list"), arguments[1]));

    private static Value Filter(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Begin(arguments, "filter", out int count);
        ListObject kept = new();
        context.Protect(kept);
        for (int i = 0; i < count; i++)
        {
            Value item = list.Get(i);
            if (Call(context, arguments[1], list, i, count).IsTruthy)
            {
                kept.Add(context, item);
            }
        }

        context.Unprotect();
        return Value.FromObject(kept);
    }

    private static Value Reduce(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Begin(arguments, "reduce", out int count);
        bool hasInitial = Argument.TryGet(arguments, 2, out Value result);
        if (!hasInitial)
        {
            result = count > 0 ? list.Get(0) : throw Throw.ValueError("reduce: the list is empty and there is no initial value");
        }

        Values2 pair = default;
        for (int i = hasInitial ? 0 : 1; i < count; i++)
        {
            context.Charge(1);
            pair[0] = result;
            pair[1] = list.Get(i);
            result = context.Invoke(arguments[1], pair);
            CheckCount(list, count);
        }

        return result;
    }

    private static Value Each(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Begin(arguments, "each", out int count);
        for (int i = 0; i < count; i++)
        {
            Call(context, arguments[1], list, i, count);
        }

        return Value.Nil;
    }

    /// <summary>The first element that the proc accepts; nil when there is none.</summary>
    private static Value Find(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Begin(arguments, "find", out int count);
        for (int i = 0; i < count; i++)
        {
            Value item = list.Get(i);
            if (Call(context, arguments[1], list, i, count).IsTruthy)
            {
                return item;
            }
        }

        return Value.Nil;
    }

    private static ListObject Begin(ReadOnlySpan<Value> arguments, string proc, out int count)
    {
        ListObject list = Argument.List(arguments[0], proc, "list");
        Argument.Callable(arguments[1], proc, "f");
        count = list.Count;
        return list;
    }

    private static Value Call(ScriptContext context, in Value f, ListObject list, int index, int count)
    {
        context.Charge(1);
        Value item = list.Get(index);
        Value result = context.Invoke(f, new ReadOnlySpan<Value>(in item));
        CheckCount(list, count);
        return result;
    }

    private static void CheckCount(ListObject list, int count)
    {
        if (list.Count != count)
        {
            throw Throw.ConcurrentModification("list");
        }
    }
}
