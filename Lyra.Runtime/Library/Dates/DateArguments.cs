using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Dates;

/// <summary>What the members of the four types share: their arguments, comparisons and errors.</summary>
internal static class DateArguments
{
    /// <summary>More months than lie between the first and the last day.</summary>
    private const long MaxMonths = 1_000_000;

    private static readonly string[] Units = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];

    /// <summary>The content of the value of which a proc is a member.</summary>
    public static T Content<T>(in Value value) => ((HostObject<T>)value.Ref!).Value;

    public static Value Less<T>(ReadOnlySpan<Value> arguments, string symbol)
        where T : IComparable<T> => Value.FromBool(Compare<T>(arguments, symbol) < 0);

    public static Value LessOrEqual<T>(ReadOnlySpan<Value> arguments, string symbol)
        where T : IComparable<T> => Value.FromBool(Compare<T>(arguments, symbol) <= 0);

    /// <summary>The proc <c>format</c> of all four types: the text in a format of .NET, or in ISO 8601.</summary>
    public static Value Format(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        HostObject self = (HostObject)arguments[0].Ref!;
        string text = Argument.TryGetNonNil(arguments, 1, out Value format)
            ? DateText.Format(self, Argument.Text(format, "format", "format"))!
            : DateText.Of(self)!;
        return Make.Text(context, text);
    }

    public static DateUnit Unit(in Value value)
    {
        string text = Argument.Text(value, "startOf", "unit");
        int index = Array.IndexOf(Units, text);
        return index >= 0 ? (DateUnit)index : throw Throw.ValueError(
            $"startOf: \"{DateText.Shown(text)}\" is no unit; the units are {string.Join(", ", Units)}");
    }

    /// <summary>A number of months, perhaps given in years.</summary>
    public static long Months(in Value value, int factor, string proc)
    {
        long count = Argument.Integer(value, proc, "n");
        return Math.Abs((double)count) <= MaxMonths ? count * factor : throw OutOfRange(proc);
    }

    public static ScriptErrorException OutOfRange(string? proc) =>
        Throw.ValueError($"{(proc is null ? string.Empty : proc + ": ")}the result lies outside of the years 1 to 9999");

    public static ScriptErrorException Refused(string symbol, ReadOnlySpan<Value> operands) => Throw.TypeError(
        $"operator {symbol} can't take {Throw.TypeName(operands[0])} and {Throw.TypeName(operands[1])}");

    private static int Compare<T>(ReadOnlySpan<Value> arguments, string symbol)
        where T : IComparable<T> =>
        arguments[0].Ref is HostObject<T> a && arguments[1].Ref is HostObject<T> b ? a.Value.CompareTo(b.Value)
            : throw Refused(symbol, arguments);
}
