using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Dates;

/// <summary>The members of the type <c>duration</c>: a number of steps of 100 ns, which may be negative.</summary>
internal static class DurationRows
{
    /// <summary>The properties of ints that are durations, and the ticks of each unit.</summary>
    private static readonly (string Name, long Ticks)[] Units =
    [
        ("days", TimeSpan.TicksPerDay), ("hours", TimeSpan.TicksPerHour), ("minutes", TimeSpan.TicksPerMinute),
        ("seconds", TimeSpan.TicksPerSecond), ("millis", TimeSpan.TicksPerMillisecond),
    ];

    public static void Rows(RowReader rows)
    {
        rows.Property("days")?.Register(static (_, a) => Value.FromInt(Self(a).Days), Restartable);
        rows.Property("hours")?.Register(static (_, a) => Value.FromInt(Self(a).Hours), Restartable);
        rows.Property("minutes")?.Register(static (_, a) => Value.FromInt(Self(a).Minutes), Restartable);
        rows.Property("seconds")?.Register(static (_, a) => Value.FromInt(Self(a).Seconds), Restartable);
        rows.Property("millis")?.Register(static (_, a) => Value.FromInt(Self(a).Milliseconds), Restartable);
        rows.Property("totalDays")?.Register(static (_, a) => Value.FromFloat(Self(a).TotalDays), Restartable);
        rows.Property("totalHours")?.Register(static (_, a) => Value.FromFloat(Self(a).TotalHours), Restartable);
        rows.Property("totalMinutes")?.Register(static (_, a) => Value.FromFloat(Self(a).TotalMinutes), Restartable);
        rows.Property("totalSeconds")?.Register(static (_, a) => Value.FromFloat(Self(a).TotalSeconds), Restartable);
        rows.Property("totalMillis")?.Register(static (_, a) => Value.FromFloat(Self(a).TotalMilliseconds), Restartable);
        rows.Row("abs(self)")?.Register(static (c, a) => Self(a) < TimeSpan.Zero ? Negated(c, Self(a)) : a[0], Restartable);
        rows.Row("format(self, format?)")?.Register(DateArguments.Format, Restartable);
    }

    public static void Operators(RowReader rows)
    {
        rows.Row("+(a, b)")?.Register(Add, Restartable);
        rows.Row("-(a, b)")?.Register(Subtract, Restartable);
        rows.Row("*(a, b)")?.Register(Multiply, Restartable);
        rows.Row("/(a, b)")?.Register(Divide, Restartable);
        rows.Row("<(a, b)")?.Register(static (_, a) => DateArguments.Less<TimeSpan>(a, "<"), Restartable);
        rows.Row("<=(a, b)")?.Register(static (_, a) => DateArguments.LessOrEqual<TimeSpan>(a, "<="), Restartable);
        rows.Row($"{HostOperators.Negation}(a)")?.Register(static (c, a) => Negated(c, Self(a)), Restartable);
    }

    /// <summary>Whether ints have a property of this name.</summary>
    public static bool IsUnit(string name) => Array.Exists(Units, unit => unit.Name == name);

    /// <summary>The duration of so many units, <c>3.days</c>; false for a name that is no unit.</summary>
    public static bool TryMake(ScriptContext context, in Value count, string name, out Value duration)
    {
        foreach ((string unit, long ticks) in Units)
        {
            if (unit == name)
            {
                duration = count.IsInt ? FromTicks(context, (Int128)count.AsInt * ticks) : throw TooLong();
                return true;
            }
        }

        duration = default;
        return false;
    }

    private static TimeSpan Self(ReadOnlySpan<Value> arguments) => DateArguments.Content<TimeSpan>(arguments[0]);

    private static Value Add(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        // A duration on the left asks its own type first, whatever it is added to.
        if (arguments is [{ Ref: HostObject<TimeSpan> }, { Ref: HostObject { Type: { IsOfLibrary: true } other } right }]
            && right is not HostObject<TimeSpan> and not HostObject<decimal>)
        {
            NativeProc add = other.FindOperator(Lyra.Runtime.Operators.OperatorInfo.Of(Lyra.Runtime.Operators.BinaryOperator.Add))!;
            return add.Intrinsic.Handler(context, arguments);
        }

        (TimeSpan a, TimeSpan b) = Both("+", arguments);
        return FromTicks(context, (Int128)a.Ticks + b.Ticks);
    }

    private static Value Subtract(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        (TimeSpan a, TimeSpan b) = Both("-", arguments);
        return FromTicks(context, (Int128)a.Ticks - b.Ticks);
    }

    private static Value Multiply(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        (Value span, Value factor) = arguments[0].Ref is HostObject<TimeSpan> ? (arguments[0], arguments[1]) : (arguments[1], arguments[0]);
        long ticks = DateArguments.Content<TimeSpan>(span).Ticks;
        return factor.IsInt ? FromTicks(context, (Int128)ticks * factor.AsInt)
            : factor.IsFloat ? FromTicks(context, ticks * factor.AsFloat)
            : throw DateArguments.Refused("*", arguments);
    }

    /// <summary>A part of a duration, or how often another one fits, as a float.</summary>
    private static Value Divide(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is not HostObject<TimeSpan> { Value.Ticks: var ticks })
        {
            throw DateArguments.Refused("/", arguments);
        }

        Value divisor = arguments[1];
        double number = divisor.Ref is HostObject<TimeSpan> other ? other.Value.Ticks
            : divisor.IsInt ? divisor.AsInt
            : divisor.IsFloat ? divisor.AsFloat
            : throw DateArguments.Refused("/", arguments);
        if (number == 0)
        {
            throw Throw.Error(ErrorKinds.DivisionByZero, "a duration is divided by zero");
        }

        return divisor.Ref is HostObject<TimeSpan> ? Value.FromFloat(ticks / number)
            : divisor.IsInt ? FromTicks(context, (Int128)Math.Round((decimal)ticks / divisor.AsInt))
            : FromTicks(context, ticks / number);
    }

    private static Value Negated(ScriptContext context, TimeSpan span) => FromTicks(context, -(Int128)span.Ticks);

    private static (TimeSpan A, TimeSpan B) Both(string symbol, ReadOnlySpan<Value> arguments) =>
        arguments[0].Ref is HostObject<TimeSpan> a && arguments[1].Ref is HostObject<TimeSpan> b ? (a.Value, b.Value)
            : throw DateArguments.Refused(symbol, arguments);

    private static Value FromTicks(ScriptContext context, double ticks) =>
        Math.Abs(ticks) < long.MaxValue ? FromTicks(context, (Int128)Math.Round(ticks)) : throw TooLong();

    private static Value FromTicks(ScriptContext context, Int128 ticks) =>
        ticks >= long.MinValue && ticks <= long.MaxValue ? DateTypes.Of(context, new TimeSpan((long)ticks)) : throw TooLong();

    private static ScriptErrorException TooLong() => Throw.ValueError("the duration is too long; one has at most 10,675,199 days");
}
