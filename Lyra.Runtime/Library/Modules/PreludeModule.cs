using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Methods;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// What the intrinsics that are written in Lyra need of C#: checks of their arguments, and their errors. Scripts can't import it.
/// </summary>
internal static class PreludeModule
{
    /// <summary>The name by which code that the compiler emits calls <see cref="FindIndependent"/>.</summary>
    public const string AreIndependent = "prelude.areIndependent";

    /// <summary>The name by which code that the compiler emits calls <see cref="StrFormat.FormatOne"/>.</summary>
    public const string Formatted = "prelude.formatted";

    /// <summary>The name by which code that the compiler emits calls <see cref="RestParts.Split"/>.</summary>
    public const string SplitRest = "prelude.splitRest";

    /// <summary>The name by which code that the compiler emits calls <see cref="MapMethods.Spread"/>.</summary>
    public const string SpreadMap = "prelude.spreadMap";

    /// <summary>The name by which code that the compiler emits calls <see cref="AddNamedArguments"/>.</summary>
    public const string AddNamed = "prelude.addNamed";

    /// <summary>The name by which code that the compiler emits calls <see cref="ObserveTasks"/>.</summary>
    public const string Observe = "prelude.observe";

    /// <summary>The name by which code that the compiler emits calls <see cref="StructAdoption.Adopt"/>.</summary>
    public const string Adopt = "prelude.adopt";

    /// <summary>The name by which code that the compiler emits calls <see cref="StructAdoption.Fill"/>.</summary>
    public const string FillAdopted = "prelude.fillAdopted";

    public static void Rows(RowReader rows)
    {
        rows.Row("checkProc(f, proc)")?.Register(CheckProc, Restartable, IntrinsicId.CheckProc);
        rows.Row("isGiven(f, proc, parameter)")?.Register(IsGiven, Restartable, IntrinsicId.IsGiven);
        rows.Row("isDone(iterator)")?.Register(IsDone, Restartable, IntrinsicId.Done);
        rows.Row("toList(xs)")?.Register(static (c, a) => Value.FromObject(Sequence.ToList(c, a[0])), CallsBack | Restartable);
        rows.Row("asList(xs)")?.Register(
            static (c, a) => Value.FromObject(Sequence.AsList(c, a[0])), CallsBack | Restartable, IntrinsicId.AsList);
        rows.Row("sortByKeys(list, keys)")?.Register(SortByKeys, Orders | WritesFirstArgument);
        rows.Row("sortWithoutHooks(list)")?.Register(SortWithoutHooks, CallsBack | Restartable);
        rows.Row("replaceItems(list, items)")?.Register(ReplaceItems, WritesFirstArgument);
        rows.Row("throwNoInitialValue()")?.Register(ThrowNoInitialValue, Restartable);
        rows.Row("throwEmpty(proc)")?.Register(ThrowEmpty, Restartable);
        rows.Row("throwNoKey(k)")?.Register(ThrowNoKey, CallsBack | Restartable);
        rows.Row("fromKeys(keys, value?)")?.Register(MapMethods.FromKeys, CallsBack | Restartable);
        rows.Row("addNamed(map, other)")?.Register(AddNamedArguments, CallsBack | Restartable);
        rows.Row("takesPair(f)")?.Register(TakesPair, Pure);
        rows.Row("keepItems(list, items)")?.Register(KeepItems, WritesFirstArgument);
        rows.Row("checkBy(by)")?.Register(CheckBy, Restartable);
        rows.Row("throwKeyAndBy()")?.Register(ThrowKeyAndBy, Restartable);
        rows.Row("isBefore(order)")?.Register(IsBefore, Pure);
        rows.Row("listIndex(list, x, start?)")?.Register(ListMethods.Index, Searches | Restartable | Borrows);
        rows.Row("listCount(list, x)")?.Register(ListMethods.Count, Searches | Restartable | Borrows);
        rows.Row("tupleIndex(tuple, x, start?)")?.Register(TupleMethods.Index, Searches | Restartable);
        rows.Row("tupleCount(tuple, x)")?.Register(TupleMethods.Count, Searches | Restartable);
        rows.Row("strCount(s, part)")?.Register(StrMethods.Count, Pure);
        rows.Row("strPartition(s, sep)")?.Register(StrSplitting.Partition, Pure);
        rows.Row("join(list, sep)")?.Register(
            static (c, a) => Joining.Join(c, Argument.List(c, a[0], "join", "xs"), Argument.Units(a[1], "join", "sep")), Restartable);
        rows.Row("areIndependent(...procs)")?.Register(FindIndependent, Pure);
        rows.Row("observe(...tasks)")?.Register(ObserveTasks);
        rows.Row("splitRest(value, head, tail)")?.Register(RestParts.Split, Restartable | Borrows);
        rows.Row("adopt(type, used, fields)")?.Register(StructAdoption.Adopt);
        rows.Row("fillAdopted(type, number, ...fields)")?.Register(StructAdoption.Fill, CallsBack);
        rows.Row("spreadMap(map, other)")?.Register(MapMethods.Spread, CallsBack | WritesFirstArgument);
        rows.Row("raise(kind, message)")?.Register(
            static (_, a) => throw Throw.Error(Argument.Text(a[0], "raise", "kind"), Argument.Text(a[1], "raise", "message")), Restartable);
        rows.Row("checkIndex(i, length, what)")?.Register(
            static (_, a) => Value.FromInt(Indexing.CheckIndex(a[0], (int)a[1].AsInt, Argument.Text(a[2], "checkIndex", "what"))),
            Restartable);
        rows.Row("checkSize(n, proc, parameter)")?.Register(CheckSize, Restartable);
        rows.Row("throwConcurrent(what)")?.Register(
            static (_, a) => throw Throw.ConcurrentModification(Argument.Text(a[0], "throwConcurrent", "what")), Restartable);
        rows.Row("throwMutableKey(what)")?.Register(
            static (_, a) => throw Hashing.CanChange(Argument.Text(a[0], "throwMutableKey", "what")), Restartable);
        rows.Row("popcount(n)")?.Register(
            static (_, a) => Value.FromInt(BitOperations.PopCount((ulong)a[0].AsInt)), Pure, IntrinsicId.BitsPopCount);
        RegexModule.PreludeRows(rows);
        TestModule.PreludeRows(rows);
        rows.Row("checkCount(n, proc)")?.Register(IterModule.CheckCount, Restartable);
        rows.Row("checkTaken(n, proc)")?.Register(SequenceParts.CheckCount, Restartable);
        rows.Row("checkPart(n, proc)")?.Register(SequenceParts.CheckSize, Restartable);
        rows.Row("checkIterable(xs)")?.Register(CheckIterable, Restartable);
        rows.Row("checkNumber(n, proc, parameter)")?.Register(IterModule.CheckNumber, Restartable);
        rows.Row("csvRecord(text, sep, line)")?.Register(CsvModule.Record, Restartable);
        rows.Row("csvNamed(names, fields, line)")?.Register(CsvModule.Named, Restartable);
        rows.Row("hasOddQuotes(line)")?.Register(CsvModule.HasOddQuotes, Restartable);
        rows.Row("formatted(value, format, width)")?.Register(StrFormat.FormatOne, CallsBack | Restartable);
    }

    /// <summary>Throws unless a loop over a value is possible.</summary>
    private static Value CheckIterable(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Iteration.Check(arguments[0]);
        return Value.Nil;
    }

    /// <summary>Whether all of these values are delegates that the host marked as independent of their order.</summary>
    private static Value FindIndependent(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        foreach (ref readonly Value proc in arguments)
        {
            if (proc.Ref is not NativeProc native || !native.Intrinsic.Has(OrderIndependent))
            {
                return Value.FromBool(false);
            }
        }

        return Value.FromBool(true);
    }

    /// <summary>Marks tasks as awaited, so that the failure of one that is not reached is not reported at the end of the run.</summary>
    private static Value ObserveTasks(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        foreach (ref readonly Value value in arguments)
        {
            if (value.Ref is TaskObject task)
            {
                task.IsObserved = true;
            }
        }

        return Value.Nil;
    }

    /// <summary>Throws unless an argument can be called.</summary>
    private static Value CheckProc(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Argument.Callable(arguments[0], Argument.Text(arguments[1], "checkProc", "proc"), "f");
        return Value.Nil;
    }

    /// <summary>Whether an optional proc is given, that is, not nil. Throws if it can't be called.</summary>
    private static Value IsGiven(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].IsNil)
        {
            return Value.FromBool(false);
        }

        string parameter = Argument.Text(arguments[2], "isGiven", "parameter");
        Argument.Callable(arguments[0], Argument.Text(arguments[1], "isGiven", "proc"), parameter);
        return Value.FromBool(true);
    }

    /// <summary>Throws if the argument <c>by</c> of a sort is a proc that takes one element.</summary>
    private static Value CheckBy(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        arguments[0].Ref is Closure { Prototype: { HasRest: false, Parameters.Length: < 2 } }
            ? throw Throw.ArgumentError("sort: 'by' compares two elements; a proc of one element is a 'key'")
            : Value.Nil;

    /// <summary>Whether the argument of <c>next</c> has ended. Throws if it is not an iterator.</summary>
    private static Value IsDone(ScriptContext context, ReadOnlySpan<Value> arguments) => arguments[0].Ref is ScriptIterator iterator
        ? Value.FromBool(iterator.IsDone)
        : throw Argument.Wrong(arguments[0], "next", "iterator", "an iterator");

    /// <summary>Sorts a list by as many keys. If their procs or hooks have changed its size, it stays as it is.</summary>
    private static Value SortByKeys(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Argument.ListToChange(context, arguments[0], "sortByKeys", "list", out HostList? host);
        ListObject keys = Argument.List(context, arguments[1], "sortByKeys", "keys");
        if (list.Count != keys.Count)
        {
            throw Throw.ConcurrentModification("list");
        }

        Sorting.Sort(context, list, keys);
        host?.Replace(context, list);
        return Value.Nil;
    }

    /// <summary>Sorts a list unless hooks of its elements decide the order. Returns whether it is sorted.</summary>
    private static Value SortWithoutHooks(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Argument.ListToChange(context, arguments[0], "sortWithoutHooks", "list", out HostList? host);
        context.Charge(list.Count >> 6);
        if (Sorting.HasHooks(list))
        {
            return Value.FromBool(false);
        }

        Sorting.Sort(context, list);
        host?.Replace(context, list);
        return Value.FromBool(true);
    }

    /// <summary>Replaces the elements of a list by as many others. If hooks have changed its size, it stays as it is.</summary>
    private static Value ReplaceItems(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Argument.ListToChange(context, arguments[0], "replaceItems", "list", out HostList? host);
        ListObject items = Argument.List(context, arguments[1], "replaceItems", "items");
        if (list.Count != items.Count)
        {
            throw Throw.ConcurrentModification("list");
        }

        context.ChargeMemory(items.Count * 16L);
        context.Charge(items.Count >> 4);
        Value[] copy = new Value[items.Count];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = items.Get(i);
            Pieces.Look(context, i);
        }

        list.ReplaceItems(context, copy);

        host?.Replace(context, list);
        return Value.Nil;
    }

    private static Value ThrowEmpty(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string proc = Argument.Text(arguments[0], "throwEmpty", "proc");
        throw proc is "first" or "last"
            ? Throw.IndexError($"{proc}: the sequence is empty")
            : Throw.ValueError($"{proc}: the sequence is empty");
    }

    private static Value ThrowKeyAndBy(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        throw Throw.ArgumentError("sort takes a key or a comparator, not both");

    /// <summary>The named arguments of a call so far, or nil, with the entries of a spread map added.</summary>
    private static Value AddNamedArguments(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject other = Argument.Map(context, arguments[1], "...", "map");
        MapObject all = new();
        context.Protect(all);
        if (arguments[0].Ref is MapObject named)
        {
            all.CopyFrom(context, named);
        }

        for (int i = 0; i < other.EntryLimit; i++)
        {
            context.Charge(1);
            Pieces.Look(context, i);
            if (!other.TryEntryAt(i, out Value key, out Value value))
            {
                continue;
            }

            if (all.ContainsKey(context, key))
            {
                throw Throw.ArgumentError($"the argument {Formatting.ToLiteral(context, key)} is given twice");
            }

            all.Set(context, key, value);
        }

        context.Unprotect();
        return Value.FromObject(all);
    }

    /// <summary>Throws unless an argument is a size: an int from 0 to the most elements of a list.</summary>
    private static Value CheckSize(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string proc = Argument.Text(arguments[1], "checkSize", "proc");
        string parameter = Argument.Text(arguments[2], "checkSize", "parameter");
        long size = Argument.Integer(arguments[0], proc, parameter);
        return size is >= 0 and <= int.MaxValue
            ? Value.Nil
            : throw Throw.ValueError($"{proc}: '{parameter}' must be from 0 to {int.MaxValue}, but is {size}");
    }

    private static Value ThrowNoKey(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        throw Throw.Error(ErrorKinds.KeyError, $"pop: the map has no key {Formatting.ToLiteral(context, arguments[0])}");

    /// <summary>Whether a proc takes two arguments, so that a method of map gives it keys and values.</summary>
    private static Value TakesPair(ScriptContext context, ReadOnlySpan<Value> arguments) => Value.FromBool(arguments[0].Ref switch
    {
        Closure closure => closure.Prototype.RequiredCount == 2,
        BoundProc { Target: Closure closure } => closure.Prototype.RequiredCount == 3,
        NativeProc native => native.Intrinsic.MinArguments == 2,
        _ => false,
    });

    /// <summary>Replaces the elements of a list by some of them.</summary>
    private static Value KeepItems(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Argument.ListToChange(context, arguments[0], "keepItems", "list", out HostList? host);
        ListObject kept = Argument.List(context, arguments[1], "keepItems", "items");
        context.Charge(kept.Count >> 3);
        list.Clear(context);
        list.AddRange(context, kept);
        host?.Replace(context, list);
        return Value.Nil;
    }

    /// <summary>Whether a comparator of two values said that the first one comes before the second.</summary>
    private static Value IsBefore(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value order = arguments[0];
        bool isBefore = order.IsBool ? order.AsBool
            : order.IsInt ? order.AsInt < 0
            : order.IsAnyInt ? order.AsBig.Sign < 0
            : throw Throw.TypeError(
                $"a comparator gives an int, or whether its first argument comes first, not a value of type {Throw.TypeName(order)}");
        return Value.FromBool(isBefore);
    }

    private static Value ThrowNoInitialValue(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        throw Throw.ValueError("reduce: the list is empty and there is no initial value");
}
