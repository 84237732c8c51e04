using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Rows;

/// <summary>
/// Reads the arguments of a builtin. Each error names the proc and the parameter, so that the author of the script finds the wrong
/// argument.
/// </summary>
internal static class Argument
{
    /// <summary>An optional argument; false when it was not given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryGet(ReadOnlySpan<Value> arguments, int index, out Value value)
    {
        value = index < arguments.Length ? arguments[index] : Value.Unset;
        return !value.IsUnset;
    }

    /// <summary>An optional argument; false when it is absent or nil (for example a separator or a key proc).</summary>
    public static bool TryGetNonNil(ReadOnlySpan<Value> arguments, int index, out Value value) =>
        TryGet(arguments, index, out value) && !value.IsNil;

    /// <summary>A list that is only read; of a list of the host, a copy.</summary>
    public static ListObject List(ScriptContext context, in Value value, string proc, string parameter) =>
        value.Ref as ListObject ?? (value.Ref as HostList)?.CopyList(context) ?? throw Wrong(value, proc, parameter, "a list");

    /// <summary>
    /// A list to be changed. Of a list of the host it is a copy, and <paramref name="host"/> is the list that must be replaced by it
    /// afterwards; otherwise that is null.
    /// </summary>
    /// <exception cref="ScriptErrorException">TypeError for another value, and for a frozen list.</exception>
    public static ListObject ListToChange(ScriptContext context, in Value value, string proc, string parameter, out HostList? host)
    {
        host = value.Ref as HostList;
        ListObject list = List(context, value, proc, parameter);
        list.RequireMutable();
        return list;
    }

    /// <summary>A map that is only read; of a map of the host, a copy.</summary>
    public static MapObject Map(ScriptContext context, in Value value, string proc, string parameter) =>
        (value.Ref is HostMap ? HostCollection.CopyOf(context, value).Ref : value.Ref) as MapObject
        ?? throw Wrong(value, proc, parameter, "a map");

    /// <summary>A set that is only read; of a set of the host, a copy.</summary>
    public static SetObject Set(ScriptContext context, in Value value, string proc, string parameter) =>
        (value.Ref is HostSet ? HostCollection.CopyOf(context, value).Ref : value.Ref) as SetObject
        ?? throw Wrong(value, proc, parameter, "a set");

    public static TupleObject Tuple(in Value value, string proc, string parameter) =>
        value.Ref as TupleObject ?? throw Wrong(value, proc, parameter, "a tuple");

    public static RangeObject Range(in Value value, string proc, string parameter) =>
        value.Ref as RangeObject ?? throw Wrong(value, proc, parameter, "a range");

    public static BytesObject Bytes(in Value value, string proc, string parameter) =>
        value.Ref as BytesObject ?? throw Wrong(value, proc, parameter, "bytes");

    public static TaskObject Task(in Value value, string proc, string parameter) =>
        value.Ref as TaskObject ?? throw Wrong(value, proc, parameter, "a task");

    public static string Text(in Value value, string proc, string parameter) =>
        value.Ref is ScriptString text ? text.Text : throw Wrong(value, proc, parameter, "a str");

    /// <summary>The code units of a str. Unlike <see cref="Text"/>, this makes no .NET string.</summary>
    public static ReadOnlySpan<char> Units(in Value value, string proc, string parameter) =>
        value.Ref is ScriptString text ? text.Span : throw Wrong(value, proc, parameter, "a str");

    /// <summary>Checks that a value can be called. The check precedes the first call, so that its error names the parameter.</summary>
    public static void Callable(in Value value, string proc, string parameter)
    {
        if (value.Ref is not ScriptObject { Kind: ValueKind.Proc or ValueKind.StructType or ValueKind.Struct or ValueKind.Host })
        {
            throw Wrong(value, proc, parameter, "a proc");
        }
    }

    /// <summary>An int that fits 64 bits.</summary>
    /// <exception cref="ScriptErrorException">TypeError for anything but an int, ValueError for one beyond 64 bits.</exception>
    public static long Integer(in Value value, string proc, string parameter)
    {
        if (value.IsInt)
        {
            return value.AsInt;
        }

        throw value.Ref is BigInt
            ? Throw.ValueError($"{proc}: '{parameter}' is too large, it must fit 64 bits")
            : Wrong(value, proc, parameter, "an int");
    }

    /// <summary>An int, float or decimal as a float.</summary>
    public static double Number(in Value value, string proc, string parameter)
    {
        if (value.IsFloat)
        {
            return value.AsFloat;
        }

        return value.IsAnyInt ? Conversion.IntToFloat(value)
            : value.Ref is HostObject<decimal> exact ? (double)exact.Value
            : throw Wrong(value, proc, parameter, "a number");
    }

    /// <summary>An index from 0 to <paramref name="length"/> - 1.</summary>
    public static int Index(in Value value, int length, string proc, string parameter, string what)
    {
        if (!value.IsAnyInt)
        {
            throw Wrong(value, proc, parameter, "an int");
        }

        return value.IsInt && (ulong)value.AsInt < (ulong)length ? (int)value.AsInt : throw Throw.IndexOutOfRange(value, length, what);
    }

    /// <summary>An insertion position, from 0 to <paramref name="length"/>.</summary>
    public static int Position(in Value value, int length, string proc, string parameter)
    {
        if (!value.IsAnyInt)
        {
            throw Wrong(value, proc, parameter, "an int");
        }

        return value.IsInt && (ulong)value.AsInt <= (ulong)length
            ? (int)value.AsInt
            : throw Throw.IndexError($"{proc}: position {Throw.IntText(value)} is outside 0 to {length}");
    }

    /// <summary>
    /// An optional index at which a search starts, 0 if it is absent. An index beyond the end counts as the end; a negative index is an
    /// IndexError.
    /// </summary>
    public static int Start(ReadOnlySpan<Value> arguments, int index, int length, string proc, string what)
    {
        if (!TryGet(arguments, index, out Value value))
        {
            return 0;
        }

        if (!value.IsAnyInt)
        {
            throw Wrong(value, proc, "start", "an int");
        }

        if (value.IsInt ? value.AsInt < 0 : value.AsBig.Sign < 0)
        {
            throw Throw.IndexOutOfRange(value, length, what);
        }

        return value.IsInt ? (int)Math.Min(value.AsInt, length) : length;
    }

    /// <summary>Throws the TypeError for an argument of the wrong type.</summary>
    public static ScriptErrorException Wrong(in Value value, string proc, string parameter, string expected) =>
        Throw.TypeError($"{proc}: '{parameter}' must be {expected}, not {Throw.TypeName(value)}");
}
