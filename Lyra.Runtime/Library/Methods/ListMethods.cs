using System;
using System.Diagnostics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of list, except those that are also builtins (<c>push pop insert remove sorted any all</c>;
/// <see cref="LibraryTable.FindMethod"/> finds them) and those of all sequences (<see cref="SequenceMethods"/>).
/// </summary>
internal static class ListMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("removeAt(list, i)")?.Register(RemoveAt, WritesFirstArgument | Borrows, IntrinsicId.ListRemoveAt);
        rows.Row("clear(list)")?.Register(Clear, WritesFirstArgument | Borrows);
        rows.Row("copy(list)")?.Register(Copy, Restartable | Borrows);
        rows.Row("sort(list, key?, reverse?, by?)")?.RegisterScripted();
        rows.Row("reverse(list)")?.Register(Reverse, WritesFirstArgument | Borrows);
        rows.Row("index(list, x, start?)")?.RegisterScripted();
        rows.Row("contains(list, x)")?.Register(Contains, Searches | Restartable | Borrows);
        rows.Row("count(list, x?)")?.RegisterScripted();
        rows.Row("slice(list, a?, b?)")?.Register(Slice, Restartable | Borrows);
        rows.Row("join(list, sep?)")?.Register(Join, Restartable | Borrows);
        rows.Row("extend(list, xs)")?.Register(Extend, CallsBack | WritesFirstArgument | Borrows);
        rows.Row("first(list, f?)")?.RegisterScripted(Restartable | Borrows, 2, First, IntrinsicId.ListFirst);
        rows.Row("last(list, f?)")?.RegisterScripted(Restartable | Borrows, 2, Last, IntrinsicId.ListLast);
        rows.Row("insertSorted(list, x, key?)")?.RegisterScripted();
        rows.Row("binarySearch(list, x, key?)")?.RegisterScripted();
        rows.Row("swap(list, i, j)")?.RegisterScripted();
        rows.Row("removeAll(list, f)")?.RegisterScripted();
        rows.Row("fill(list, v)")?.Register(Fill, WritesFirstArgument | Borrows);
        rows.Row("isEmpty(list)")?.Register(
            static (c, a) => Value.FromBool(Self(c, a, "isEmpty").Count == 0), Restartable | Borrows, IntrinsicId.IsEmpty);
    }

    private static ListObject Self(ScriptContext context, ReadOnlySpan<Value> arguments, string proc) =>
        Argument.List(context, arguments[0], proc, "list");

    private static Value RemoveAt(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostList host)
        {
            return host.RemoveAt(context, Argument.Index(arguments[1], host.Count, "removeAt", "i", "list"));
        }

        ListObject list = Self(context, arguments, "removeAt");
        int index = Argument.Index(arguments[1], list.Count, "removeAt", "i", "list");
        return list.RemoveAt(context, index);
    }

    private static Value Clear(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostList host)
        {
            host.Clear(context);
            return Value.Nil;
        }

        Self(context, arguments, "clear").Clear(context);
        return Value.Nil;
    }

    private static Value Copy(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Self(context, arguments, "copy");
        return Value.FromObject(Make.Slice(context, list, 0, list.Count));
    }

    private static Value Reverse(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Argument.ListToChange(context, arguments[0], "reverse", "list", out HostList? host);
        ListOrder.Reverse(context, list);
        host?.Replace(context, list);
        return Value.Nil;
    }

    public static Value Index(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Self(context, arguments, "index");
        int start = Argument.Start(arguments, 2, list.Count, "index", "list");
        return Value.FromInt(ListSearch.IndexOf(context, list, arguments[1], start));
    }

    private static Value Contains(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(ListSearch.IndexOf(context, Self(context, arguments, "contains"), arguments[1], 0) >= 0);

    public static Value Count(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromInt(ListSearch.Count(context, Self(context, arguments, "count"), arguments[1]));

    /// <summary>Returns <c>list[from..to]</c>.</summary>
    private static Value Slice(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(context, arguments, "slice");
        return Slices.Of(context, arguments);
    }

    private static Value Join(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> separator = Argument.TryGetNonNil(arguments, 1, out Value given) ? Argument.Units(given, "join", "sep") : [];
        return Joining.Join(context, Self(context, arguments, "join"), separator);
    }

    private static Value Extend(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostList host)
        {
            ListObject added = Sequence.ToList(context, arguments[1]);
            for (int i = 0; i < added.Count; i++)
            {
                host.Insert(context, host.Count, added.Get(i));
            }

            return Value.Nil;
        }

        ListObject list = Self(context, arguments, "extend");
        if (arguments[1].Ref is ListObject other)
        {
            AddAll(context, list, other);
            return Value.Nil;
        }

        if (arguments[1].Ref is ScriptIterator)
        {
            context.RequireFrames();
        }

        int count = list.Count;
        try
        {
            Iteration.AppendTo(context, list, arguments[1]);
        }
        catch when (context.InRegion)
        {
            list.Truncate(count);
            throw;
        }

        return Value.Nil;
    }

    private static void AddAll(ScriptContext context, ListObject list, ListObject other)
    {
        int count = list.Count;
        context.Charge(other.Count >> 3);
        try
        {
            list.AddRange(context, other);
        }
        catch when (context.InRegion)
        {
            list.Truncate(count);
            throw;
        }
    }

    private static Value First(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Self(context, arguments, "first");
        return list.Count == 0 ? throw Throw.IndexError("first: the list is empty") : list.Get(0);
    }

    private static Value Last(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Self(context, arguments, "last");
        return list.Count == 0 ? throw Throw.IndexError("last: the list is empty") : list.Get(list.Count - 1);
    }

    /// <summary>
    /// The first store converts the value to the element type and may change the storage strategy. The stored element is then copied to all
    /// others.
    /// </summary>
    private static Value Fill(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Argument.ListToChange(context, arguments[0], "fill", "list", out HostList? host);
        int count = list.Count;
        if (count == 0)
        {
            return Value.Nil;
        }

        context.Charge(count >> 3);
        list.Set(context, 0, arguments[1]);
        switch (list.Strategy)
        {
            case ListStrategy.Ints:
                Pieces.Fill(context, list.Ints.AsSpan(0, count), list.Ints[0]);
                break;
            case ListStrategy.Floats:
                Pieces.Fill(context, list.Floats.AsSpan(0, count), list.Floats[0]);
                break;
            case ListStrategy.Bools:
                Pieces.Fill(context, list.Bools.AsSpan(0, count), list.Bools[0]);
                break;
            case ListStrategy.Empty or ListStrategy.Values:
                Pieces.Fill(context, list.Values.AsSpan(0, count), list.Values[0]);
                break;
            default:
                throw new UnreachableException();
        }

        host?.Replace(context, list);
        return Value.Nil;
    }
}
