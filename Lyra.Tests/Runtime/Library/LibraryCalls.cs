using System;
using System.Collections;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Tests.Runtime.Library;

/// <summary>Calls the library with .NET values and returns results as script literals.</summary>
internal static class LibraryCalls
{
    /// <summary>The library row of a qualified name: <c>abs</c>, <c>list.sort</c>, <c>math.sqrt</c>.</summary>
    public static Intrinsic Row(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0
            && Enum.TryParse(name[..dot], ignoreCase: true, out ValueKind kind)
            && LibraryTable.FindMethod(kind, name[(dot + 1)..]) is { } method)
        {
            return method;
        }

        return LibraryTable.FindQualified(name) ?? throw new ArgumentException($"The library has no {name}.");
    }

    /// <summary>Calls a row as the interpreter would, including the check of the argument count.</summary>
    public static Value Call(BareContext context, string name, params object?[] arguments)
    {
        Intrinsic row = Row(name);
        if (arguments.Length < row.MinArguments || arguments.Length > row.MaxArguments)
        {
            throw new ArgumentException($"{row.Signature} can't be called with {arguments.Length} arguments.");
        }

        return row.Handler(context, Array.ConvertAll(arguments, a => ToValue(context, a)));
    }

    /// <summary>The result of a call as a literal; <c>!Kind</c> for an error.</summary>
    public static string Show(BareContext context, string name, params object?[] arguments)
    {
        try
        {
            return Formatting.ToLiteral(context, Call(context, name, arguments));
        }
        catch (ScriptErrorException e)
        {
            return "!" + e.Error.ErrorKind;
        }
    }

    /// <summary>The message of the error that a call throws.</summary>
    public static string ErrorOf(BareContext context, string name, params object?[] arguments)
    {
        try
        {
            return "no error but " + Formatting.ToLiteral(context, Call(context, name, arguments));
        }
        catch (ScriptErrorException e)
        {
            return e.Error.ToString();
        }
    }

    /// <summary>
    /// Converts a .NET value to a script value: <see cref="Items"/> to lists, tuples to tuples, dictionaries to maps, hash sets to sets,
    /// byte arrays to bytes, <see cref="Range"/> to ranges, functions to procs.
    /// </summary>
    public static Value ToValue(ScriptContext context, object? value) => value switch
    {
        null => Value.Nil,
        Value v => v,
        bool b => Value.FromBool(b),
        int i => Value.FromInt(i),
        uint u => Value.FromInt(u),
        long l => Value.FromInt(l),
        double d => Value.FromFloat(d),
        BigInteger big => Value.FromBig(big),
        string s => Value.FromText(s),
        byte[] bytes => Value.FromObject(new BytesObject(bytes)),
        Range range => Value.FromObject(new RangeObject(range.Start.Value, range.End.Value, 1, false)),
        Items list => Value.FromObject(ListObject.Of(context, Array.ConvertAll(list.Values, a => ToValue(context, a)))),
        ITuple tuple => ToTuple(context, tuple),
        IDictionary entries => ToMap(context, entries),
        IEnumerable<object> items => ToSet(context, items),
        Func<Value, Value> f => Proc("f(a)", (_, a) => f(a[0])),
        Func<Value, Value, Value> f => Proc("f(a, b)", (_, a) => f(a[0], a[1])),
        ScriptObject o => Value.FromObject(o),
        _ => throw new ArgumentException($"No script value for {value.GetType()}."),
    };

    public static Value Proc(string signature, NativeFunction handler) => Value.FromObject(new Intrinsic(signature, handler).Proc);

    private static Value ToTuple(ScriptContext context, ITuple tuple)
    {
        Value[] items = new Value[tuple.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = ToValue(context, tuple[i]);
        }

        return Value.FromObject(TupleObject.Of(items));
    }

    private static Value ToMap(ScriptContext context, IDictionary entries)
    {
        MapObject map = new();
        foreach (DictionaryEntry entry in entries)
        {
            map.Set(context, ToValue(context, entry.Key), ToValue(context, entry.Value));
        }

        return Value.FromObject(map);
    }

    private static Value ToSet(ScriptContext context, IEnumerable<object> items)
    {
        SetObject set = new();
        foreach (object item in items)
        {
            set.Add(context, ToValue(context, item));
        }

        return Value.FromObject(set);
    }
}
