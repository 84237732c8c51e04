using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of tuple: the methods of list that neither change it nor take a callback.</summary>
internal static class TupleMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("index(tuple, x, start?)")?.RegisterScripted();
        rows.Row("contains(tuple, x)")?.Register(Contains, Searches | Restartable);
        rows.Row("count(tuple, x?)")?.RegisterScripted();
        rows.Row("slice(tuple, a?, b?)")?.Register(Slice, Restartable);
        rows.Row("isEmpty(tuple)")?.Register(
            static (_, a) => Value.FromBool(Self(a, "isEmpty").Count == 0), Restartable, IntrinsicId.IsEmpty);

    }

    private static TupleObject Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Tuple(arguments[0], proc, "tuple");

    public static Value Index(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        TupleObject tuple = Self(arguments, "index");
        int start = Argument.Start(arguments, 2, tuple.Count, "index", "tuple");
        return Value.FromInt(Indexing.IndexOf(context, tuple.Items, arguments[1], start));
    }

    private static Value Contains(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(Indexing.IndexOf(context, Self(arguments, "contains").Items, arguments[1]) >= 0);

    public static Value Count(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<Value> items = Self(arguments, "count").Items;
        int found = 0;
        for (int i = Indexing.IndexOf(context, items, arguments[1]); i >= 0; i = Indexing.IndexOf(context, items, arguments[1], i + 1))
        {
            found++;
        }

        return Value.FromInt(found);
    }

    private static Value Slice(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(arguments, "slice");
        return Slices.Of(context, arguments);
    }
}
