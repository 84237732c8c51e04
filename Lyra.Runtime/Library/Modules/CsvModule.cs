using System;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>csv</c> (RFC 4180). With a header, each record is a map from the names in the first record to strs, as of Python's
/// <c>DictReader</c>; without, it is a list of strs. <see cref="CsvReader"/> says what is read.
/// </summary>
internal static class CsvModule
{
    private const string ParseName = "csv.parse";
    private const string LinesName = "csv.lines";
    private const string StringifyName = "csv.stringify";

    public static void Rows(RowReader rows)
    {
        rows.Row("parse(text, header?, sep?)")?.Register(Parse, Restartable);
        rows.Row("stringify(rows, header?, sep?)")?.Register(Stringify, CallsBack | Restartable);
        rows.Row("lines(iterator, header?, sep?)")?.RegisterScripted(CallsBack | ClosesGiven);
    }

    /// <summary>
    /// For <c>csv.lines</c>: the fields of one record, whose lines are joined; nil if these are empty.
    /// </summary>
    public static Value Record(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        CsvReader reader = new(
            context,
            Argument.Units(arguments[0], LinesName, "iterator"),
            SeparatorOf(arguments[1], LinesName),
            LinesName,
            (int)arguments[2].AsInt - 1);
        return reader.Next() is { } fields ? Value.FromObject(fields) : Value.Nil;
    }

    /// <summary>For <c>csv.lines</c>: a record as a map from names to its fields.</summary>
    public static Value Named(ScriptContext context, ReadOnlySpan<Value> arguments) => ToMap(
        context,
        Argument.List(context, arguments[0], LinesName, "names"),
        Argument.List(context, arguments[1], LinesName, "fields"),
        LinesName,
        (int)arguments[2].AsInt);

    /// <summary>For <c>csv.lines</c>: whether the number of quotes in a line is odd, so that a field begins or ends in it.</summary>
    public static Value HasOddQuotes(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> line = Argument.Units(arguments[0], LinesName, "iterator");
        context.Charge(line.Length >> 6);
        return Value.FromBool(line.Count('"') % 2 != 0);
    }

    private static Value Parse(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], ParseName, "text");
        bool hasHeader = !Argument.TryGetNonNil(arguments, 1, out Value header) || Flag(header, ParseName);
        char separator = Argument.TryGetNonNil(arguments, 2, out Value given) ? SeparatorOf(given, ParseName) : ',';
        CsvReader reader = new(context, text, separator, ParseName);
        ListObject records = new();
        context.Protect(records);
        ListObject? names = hasHeader ? reader.Next() : null;
        if (names is not null)
        {
            context.Protect(names);
        }

        for (int i = 0; reader.Next() is { } fields; i++)
        {
            Pieces.Look(context, i);
            records.Add(
                context, names is null ? Value.FromObject(fields) : ToMap(context, names, fields, ParseName, reader.Line));
        }

        if (names is not null)
        {
            context.Unprotect();
        }

        context.Unprotect();
        return Value.FromObject(records);
    }

    private static Value ToMap(ScriptContext context, ListObject names, ListObject fields, string proc, int line)
    {
        if (fields.Count > names.Count)
        {
            throw Throw.ValueError($"{proc}: line {line} has {fields.Count} fields, but the header has {names.Count}");
        }

        context.Protect(fields);
        MapObject map = MapObject.ForPairs(context, fields.Count, fields.Count == 0 ? default : names.Get(0));
        for (int i = 0; i < fields.Count; i++)
        {
            map.Set(context, names.Get(i), fields.Get(i));
        }

        context.Unprotect();
        return Value.FromObject(map);
    }

    private static bool Flag(in Value header, string proc) =>
        header.IsBool ? header.AsBool : throw Argument.Wrong(header, proc, "header", "a bool");

    private static char SeparatorOf(in Value separator, string proc)
    {
        ReadOnlySpan<char> text = Argument.Units(separator, proc, "sep");
        return text is [not ('"' or '\r' or '\n')]
            ? text[0]
            : throw Throw.ValueError($"{proc}: 'sep' must be one character other than a quote or an end of line");
    }

    /// <summary>
    /// Writes records that are lists, tuples or maps. <c>header</c> lists the columns; without it, maps have those of the first map, and
    /// lists have no header. <c>false</c> leaves the header out.
    /// </summary>
    private static Value Stringify(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value columns = Argument.TryGetNonNil(arguments, 1, out Value header) ? header : Value.Nil;
        char separator = Argument.TryGetNonNil(arguments, 2, out Value given) ? SeparatorOf(given, StringifyName) : ',';
        bool writesHeader = !columns.IsBool || columns.AsBool;
        ListObject? names = columns.IsNil || columns.IsBool ? null : Argument.List(context, columns, StringifyName, "header");
        CsvWriter writer = new(context, separator);
        bool isProtected = false;
        if (names is not null)
        {
            writer.Write(Value.FromObject(names), null);
        }

        using SequenceReader reader = Iteration.Read(context, arguments[0]);
        for (int i = 0; reader.MoveNext(out Value record); i++)
        {
            if (names is null && TableRow.ColumnsOf(context, record) is { } columnsOfFirst)
            {
                names = columnsOfFirst;
                context.Protect(names);
                isProtected = true;
                if (writesHeader)
                {
                    writer.Write(Value.FromObject(names), null);
                }
            }

            writer.Write(record, names);
            Pieces.Look(context, i);
        }

        if (isProtected)
        {
            context.Unprotect();
        }

        return writer.Finish();
    }
}
