using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Builtins that work on one container: <c>length insert remove pop push keys values</c>.</summary>
internal static class ContainerBuiltins
{
    public static void Rows(RowReader rows)
    {
        rows.Row("length(x)")?.Register(
            static (c, a) => Indexing.Length(c, a[0]), CallsBack | Restartable | MethodFirst, IntrinsicId.Length);
        rows.Row("push(list, v)")?.Register(Push, WritesFirstArgument | MethodFirst, IntrinsicId.Push);
        rows.Row("pop(list)")?.Register(Pop, WritesFirstArgument | MethodFirst, IntrinsicId.Pop);
        rows.Row("insert(list, i?, v?)")?.Register(Insert, WritesFirstArgument | MethodFirst, IntrinsicId.Insert, least: 2);
        rows.Row("remove(c, k)")?.Register(Remove, Searches | WritesFirstArgument | MethodFirst | Borrows);
        rows.Row("keys(m)")?.Register(Keys, Restartable | MethodFirst | Borrows);
        rows.Row("values(m)")?.Register(Values, Restartable | MethodFirst | Borrows);

    }

    private static Value Push(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostList host)
        {
            host.Insert(context, host.Count, arguments[1]);
            return Value.Nil;
        }

        Argument.List(context, arguments[0], "push", "list").Add(context, arguments[1]);
        return Value.Nil;
    }

    private static Value Pop(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostList { Count: > 0 } host)
        {
            return host.RemoveAt(context, host.Count - 1);
        }

        ListObject list = Argument.List(context, arguments[0], "pop", "list");
        return list.Count == 0 ? throw Throw.IndexError("pop: the list is empty") : list.RemoveLast();
    }

    /// <summary><c>insert(list, v)</c> appends, <c>insert(list, i, v)</c> inserts before an index.</summary>
    private static Value Insert(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostList host)
        {
            return InsertInto(context, host, arguments);
        }

        ListObject list = Argument.List(context, arguments[0], "insert", "list");
        bool hasIndex = Argument.TryGet(arguments, 1, out Value index);
        if (!Argument.TryGet(arguments, 2, out Value value))
        {
            list.Add(context, hasIndex ? index : throw Throw.ArgumentError("insert: the value to insert is missing"));
            return Value.Nil;
        }

        int position = hasIndex ? Argument.Position(index, list.Count, "insert", "i") : list.Count;
        list.Insert(context, position, value);
        return Value.Nil;
    }

    private static Value InsertInto(ScriptContext context, HostList list, ReadOnlySpan<Value> arguments)
    {
        bool hasIndex = Argument.TryGet(arguments, 1, out Value index);
        if (!Argument.TryGet(arguments, 2, out Value value))
        {
            list.Insert(context, list.Count, hasIndex ? index : throw Throw.ArgumentError("insert: the value to insert is missing"));
            return Value.Nil;
        }

        list.Insert(context, hasIndex ? Argument.Position(index, list.Count, "insert", "i") : list.Count, value);
        return Value.Nil;
    }

    private static Value Remove(ScriptContext context, ReadOnlySpan<Value> arguments) => arguments[0].Ref switch
    {
        HostList list => Value.FromBool(RemoveFrom(context, list, arguments[1])),
        HostMap map => Value.FromBool(map.Remove(context, arguments[1])),
        HostSet set => Value.FromBool(set.Remove(context, arguments[1])),
        ListObject list => Value.FromBool(RemoveFrom(context, list, arguments[1])),
        MapObject map => Value.FromBool(map.Remove(context, arguments[1])),
        SetObject set => Value.FromBool(set.Remove(context, arguments[1])),
        _ => throw Argument.Wrong(arguments[0], "remove", "c", "a list, map or set"),
    };

    private static bool RemoveFrom(ScriptContext context, ListObject list, in Value value)
    {
        int index = ListSearch.IndexOf(context, list, value, 0);
        if (index < 0)
        {
            return false;
        }

        list.RemoveAt(context, index);
        return true;
    }

    private static bool RemoveFrom(ScriptContext context, HostList list, in Value value)
    {
        int index = ListSearch.IndexOf(context, list.CopyList(context), value, 0);
        if (index >= 0)
        {
            list.RemoveAt(context, index);
        }

        return index >= 0;
    }

    private static Value Keys(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject map = Argument.Map(context, arguments[0], "keys", "m");
        ListObject keys = Make.ListFor(context, map.Count);
        context.Protect(keys);
        for (int i = 0; i < map.EntryLimit; i++)
        {
            context.Charge(1);
            if (map.TryEntryAt(i, out Value key, out _))
            {
                keys.Add(context, key);
            }
        }

        context.Unprotect();
        return Value.FromObject(keys);
    }

    private static Value Values(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject map = Argument.Map(context, arguments[0], "values", "m");
        ListObject values = Make.ListFor(context, map.Count);
        context.Protect(values);
        for (int i = 0; i < map.EntryLimit; i++)
        {
            context.Charge(1);
            if (map.TryEntryAt(i, out _, out Value value))
            {
                values.Add(context, value);
            }
        }

        context.Unprotect();
        return Value.FromObject(values);
    }
}
