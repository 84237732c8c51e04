using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Dates;

/// <summary>
/// The types <c>date</c>, <c>time</c>, <c>datetime</c> and <c>duration</c>. Their values are objects of the .NET types that have the same
/// range and precision, so a host passes and gets its own values. Each type is made at its first use and shared by all engines.
/// </summary>
internal static class DateTypes
{
    private static readonly Lazy<HostType> DateOfDay = new(static () => Make<DateOnly>("date", DateRows.Rows, DateRows.Operators));
    private static readonly Lazy<HostType> TimeOfDay = new(static () => Make<TimeOnly>("time", TimeRows.Rows, TimeRows.Operators));

    private static readonly Lazy<HostType> Moment =
        new(static () => Make<DateTimeOffset>("datetime", DateTimeRows.Rows, DateTimeRows.Operators));

    private static readonly Lazy<HostType> Span = new(static () => Make<TimeSpan>("duration", DurationRows.Rows, DurationRows.Operators));

    /// <summary>All four, in the order of the documentation.</summary>
    public static IEnumerable<HostType> All()
    {
        yield return DateOfDay.Value;
        yield return TimeOfDay.Value;
        yield return Moment.Value;
        yield return Span.Value;
    }

    /// <summary>The rows of the members of a type, in the order of the documentation.</summary>
    public static IReadOnlyList<Intrinsic> MembersOf(string name)
    {
        RowReader reader = new(name, null);
        RowsOf(name)(reader);
        return reader.All;
    }

    public static Value Of(ScriptContext context, DateOnly value) => Of(context, new HostObject<DateOnly>(value), DateOfDay.Value);

    public static Value Of(ScriptContext context, TimeOnly value) => Of(context, new HostObject<TimeOnly>(value), TimeOfDay.Value);

    public static Value Of(ScriptContext context, DateTimeOffset value) => Of(context, new HostObject<DateTimeOffset>(value), Moment.Value);

    public static Value Of(ScriptContext context, TimeSpan value) => Of(context, new HostObject<TimeSpan>(value), Span.Value);

    private static Action<RowReader> RowsOf(string name) => name switch
    {
        "date" => DateRows.Rows,
        "time" => TimeRows.Rows,
        "datetime" => DateTimeRows.Rows,
        "duration" => DurationRows.Rows,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such type."),
    };

    private static Value Of(ScriptContext context, HostObject made, HostType type)
    {
        context.ChargeMemory(HostObject.Bytes);
        return HostObject.WithType(made, type);
    }

    private static HostType Make<T>(string name, Action<RowReader> rows, Action<RowReader> operators)
    {
        HostType type = new(name, typeof(T), typeof(HostObject<T>), static target => new HostObject<T>((T)target))
        {
            IsOfLibrary = true,
            Text = new Intrinsic("tostring(self)", ToText, IntrinsicTraits.Restartable, owner: name).Proc,
        };
        RowReader symbols = new(name, null);
        operators(symbols);
        foreach (Intrinsic row in symbols.All)
        {
            type.AddOperator(row.Name, row.Proc);
        }

        foreach (Intrinsic row in MembersOf(name))
        {
            HostMember member = row.IsProperty ? new(row.Name) { Getter = row.Proc } : new(row.Name) { Method = row.Proc };
            type.Add(member, isStatic: false);
        }

        return type;
    }

    private static Value ToText(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Rows.Make.Text(context, DateText.Of((HostObject)arguments[0].Ref!)!);
}
