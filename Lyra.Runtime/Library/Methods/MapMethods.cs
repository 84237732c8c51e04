using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of map, except those that are also builtins (<c>keys values remove</c>).</summary>
internal static class MapMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("get(map, k, default?)")?.Register(Get, Searches | Restartable | Borrows, IntrinsicId.MapGet);
        rows.Row("items(map)")?.Register(Items, Restartable | Borrows);
        rows.Row("has(map, k)")?.Register(Has, Searches | Restartable | Borrows, IntrinsicId.MapHas);
        rows.Row("clear(map)")?.Register(Clear, WritesFirstArgument | Borrows);
        rows.Row("copy(map)")?.Register(static (c, a) => Value.FromObject(CopyOf(c, Self(c, a, "copy"))), Restartable | Borrows);
        rows.Row("update(map, other)")?.Register(UpdateSelf, CallsBack);
        rows.Row("merge(map, other)")?.Register(Merge, CallsBack | Restartable | Borrows);
        rows.Row("map(map, f)")?.RegisterScripted();
        rows.Row("filter(map, f)")?.RegisterScripted();
        rows.Row("find(map, f)")?.RegisterScripted();
        rows.Row("count(map, f?)")?.RegisterScripted();
        rows.Row("any(map, f?)")?.RegisterScripted();
        rows.Row("all(map, f?)")?.RegisterScripted();
        rows.Row("groupBy(map, f)")?.RegisterScripted();
        rows.Row("sortedBy(map, f)")?.RegisterScripted();
        rows.Row("mapValues(map, f)")?.RegisterScripted();
        rows.Row("mapKeys(map, f)")?.RegisterScripted();
        rows.Row("invert(map)")?.RegisterScripted();
        rows.Row("setDefault(map, k, v)")?.RegisterScripted();
        rows.Row("getOrAdd(map, k, f)")?.RegisterScripted();
        rows.Row("pop(map, k, default?)")?.RegisterScripted();
        rows.Row("isEmpty(map)")?.Register(
            static (c, a) => Value.FromBool(Self(c, a, "isEmpty").Count == 0), Restartable, IntrinsicId.IsEmpty);

    }

    /// <summary>Copies all entries of a map to another. If the target already has an equal key, only its value is replaced.</summary>
    public static void Update(ScriptContext context, MapObject target, MapObject source)
    {
        int version = source.Version;
        for (int i = 0; i < source.EntryLimit; i++)
        {
            context.Charge(1);
            Pieces.Look(context, i);
            if (source.TryEntryAt(i, out Value key, out Value value))
            {
                target.Set(context, key, value);
            }

            if (!ReferenceEquals(source, target) && source.Version != version)
            {
                throw Throw.ConcurrentModification("map");
            }
        }
    }

    private static MapObject Self(ScriptContext context, ReadOnlySpan<Value> arguments, string proc) =>
        Argument.Map(context, arguments[0], proc, "map");

    private static Value Get(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        bool found = arguments[0].Ref is HostMap host
            ? host.TryGet(context, arguments[1], out Value value)
            : Self(context, arguments, "get").TryGet(context, arguments[1], out value);
        if (found)
        {
            return value;
        }

        return Argument.TryGet(arguments, 2, out Value fallback) ? fallback : Value.Nil;
    }

    private static Value Items(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject map = Self(context, arguments, "items");
        ListObject items = Make.ListFor(context, map.Count);
        context.Protect(items);
        for (int i = 0; i < map.EntryLimit; i++)
        {
            context.Charge(1);
            Pieces.Look(context, i);
            if (map.TryEntryAt(i, out Value key, out Value value))
            {
                items.Add(context, Make.Pair(context, key, value));
            }
        }

        context.Unprotect();
        return Value.FromObject(items);
    }

    private static Value Has(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(arguments[0].Ref is HostMap host
            ? host.TryGet(context, arguments[1], out _)
            : Self(context, arguments, "has").ContainsKey(context, arguments[1]));

    private static Value Clear(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostMap host)
        {
            host.Clear(context);
            return Value.Nil;
        }

        Self(context, arguments, "clear").Clear(context);
        return Value.Nil;
    }

    private static Value UpdateSelf(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject other = Argument.Map(context, arguments[1], "update", "other");
        if (arguments[0].Ref is HostMap host)
        {
            Update(context, host, other);
            return Value.Nil;
        }

        Update(context, Self(context, arguments, "update"), other);
        return Value.Nil;
    }

    /// <summary><c>map.fromKeys(keys, value)</c>: a map with one value, or nil, under each key.</summary>
    public static Value FromKeys(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value value = Argument.TryGet(arguments, 1, out Value given) ? given : Value.Nil;
        MapObject map = new();
        context.Protect(map);
        using SequenceReader reader = Iteration.Read(context, arguments[0]);
        for (int i = 0; reader.MoveNext(out Value key); i++)
        {
            Pieces.Look(context, i);
            map.Set(context, key, value);
        }

        context.Unprotect();
        return Value.FromObject(map);
    }

    /// <summary><c>{…, ...other}</c>: adds the entries of a map to the map of a literal.</summary>
    public static Value Spread(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject other = Argument.Map(context, arguments[1], "...", "map");
        Update(context, Self(context, arguments, "..."), other);
        return Value.Nil;
    }

    private static void Update(ScriptContext context, HostMap target, MapObject source)
    {
        for (int i = 0; i < source.EntryLimit; i++)
        {
            context.Charge(1);
            Pieces.Look(context, i);
            if (source.TryEntryAt(i, out Value key, out Value value))
            {
                target.Set(context, key, value);
            }
        }
    }

    private static Value Merge(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        MapObject other = Argument.Map(context, arguments[1], "merge", "other");
        MapObject merged = CopyOf(context, Self(context, arguments, "merge"));
        context.Protect(merged);
        Update(context, merged, other);
        context.Unprotect();
        return Value.FromObject(merged);
    }

    private static MapObject CopyOf(ScriptContext context, MapObject source)
    {
        MapObject copy = new();
        copy.CopyFrom(context, source);
        return copy;
    }
}
