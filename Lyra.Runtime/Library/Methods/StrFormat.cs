using System;
using System.Globalization;
using System.Numerics;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Dates;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Library.Methods.ValueFormats;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// <c>s.format(…)</c>: <c>{}</c> stands for the next value, and <c>{2}</c> for the value at an index. <c>{0,8}</c> and <c>{0,-8}</c> pad to
/// a width at the left and right. <c>{0:F2}</c> formats a number as .NET does, in the invariant culture; without a format, a value is
/// formatted as by <c>tostring</c>. <c>{{</c> and <c>}}</c> are braces. A format that is none of .NET's for numbers is an error
/// (<see cref="NumberFormat"/>).
/// </summary>
internal static class StrFormat
{
    /// <summary>
    /// The most bits of an int that .NET formats. Its formatting can't be interrupted, so it must take only some milliseconds.
    /// </summary>
    private const int MaxFormattedBits = 1 << 18;

    public static Value Format(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string pattern = Argument.Text(arguments[0], "format", "s");
        ReadOnlySpan<Value> values = arguments[1..];
        StringBuilder result = FreeText.Take();
        context.Protect(new TextUnderConstruction(result));
        int next = 0;
        int position = 0;
        while (position < pattern.Length)
        {
            char c = pattern[position];
            if (c is not '{' and not '}')
            {
                int end = pattern.AsSpan(position).IndexOfAny('{', '}');
                end = end < 0 ? pattern.Length : position + end;
                context.Charge(1 + ((end - position) >> 5));
                result.Append(pattern, position, end - position);
                position = end;
            }
            else if (position + 1 < pattern.Length && pattern[position + 1] == c)
            {
                context.Charge(1);
                result.Append(c);
                position += 2;
            }
            else
            {
                int end = c == '{' ? pattern.IndexOf('}', position) : -1;
                if (end < 0)
                {
                    throw Throw.ValueError($"format: unmatched brace at {position}; write {{{{ or }}}} for a literal brace");
                }

                Placeholder(context, result, pattern.AsSpan(position + 1, end - position - 1), values, ref next);
                position = end + 1;
            }

            CheckLength(context, result);
        }

        context.ChargeMemory(ScriptString.BytesFor(result.Length));
        context.Unprotect();
        return Value.FromText(FreeText.Finish(context, result));
    }

    /// <summary>Throws when the text under construction is longer than a str can be.</summary>
    private static void CheckLength(ScriptContext context, StringBuilder result)
    {
        if (result.Length > ScriptString.MaxLength)
        {
            Make.TextLength(context, result.Length, "format");
        }
    }

    private static void Placeholder(
        ScriptContext context, StringBuilder result, ReadOnlySpan<char> inside, ReadOnlySpan<Value> values, ref int next)
    {
        context.Charge(inside.Length >> 2);
        int colon = inside.IndexOf(':');
        string spec = colon < 0 ? string.Empty : inside[(colon + 1)..].ToString();
        ReadOnlySpan<char> head = colon < 0 ? inside : inside[..colon];
        int comma = head.IndexOf(',');
        ReadOnlySpan<char> name = (comma < 0 ? head : head[..comma]).Trim();
        int width = comma < 0 ? 0 : Width(head[(comma + 1)..]);
        int index = name.IsEmpty ? next++ : Number(name);
        if (index >= values.Length)
        {
            throw Throw.IndexError($"format: there is no value for {{{Shown(inside.ToString())}}}: {values.Length} given");
        }

        string text = ToText(context, values[index], spec, width, out int padding);
        if (width > 0)
        {
            result.Append(' ', padding).Append(text);
        }
        else
        {
            result.Append(text).Append(' ', padding);
        }
    }

    /// <summary>The text of a value, and the blanks that it lacks to a width. Both are charged.</summary>
    private static string ToText(ScriptContext context, in Value value, string spec, int width, out int padding)
    {
        string text = spec.Length == 0 ? Formatting.ToText(context, value) : Formatted(context, value, spec);
        padding = Math.Max(0, Math.Abs(width) - text.Length);
        context.ChargeMemory(2L * (text.Length + padding));
        context.Charge(1 + ((text.Length + padding) >> 5));
        return text;
    }

    /// <summary><c>"${x,8:F2}"</c>: the arguments are the value, the format, or an empty str, and the width, or 0.</summary>
    public static Value FormatOne(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        int width = (int)arguments[2].AsInt;
        string text = ToText(context, arguments[0], Argument.Text(arguments[1], "format", "format"), width, out int padding);
        context.ChargeMemory(ScriptString.BytesFor(text.Length + padding));
        return Value.FromText(width > 0 ? text.PadLeft(width) : text.PadRight(-width));
    }

    private static int Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Throw.ValueError($"format: '{Shown(digits.ToString())}' is not a value index; write {{}}, {{0}} or {{0:format}}");

    private static int Width(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture, out int width) && Math.Abs((long)width) <= MaxWidth
            ? width
            : throw Throw.ValueError($"format: the width '{Shown(digits.ToString())}' must be an int of at most {MaxWidth}");

    private static string Formatted(ScriptContext context, in Value value, string spec)
    {
        ChargeDigits(context, spec);
        if (value.Ref is HostObject host && DateText.Format(host, spec) is { } date)
        {
            return date;
        }

        bool isNumber = value.IsAnyInt || value.IsFloat || value.Ref is HostObject<decimal>;
        if (isNumber && !NumberFormat.IsKnown(spec))
        {
            throw Unknown(spec, value);
        }

        try
        {
            return value.Ref switch
            {
                BigInt big => FormattedBig(context, big.Value, spec),
                HostObject<decimal> exact => exact.Value.ToString(spec, CultureInfo.InvariantCulture),
                _ when value.IsInt => value.AsInt.ToString(spec, CultureInfo.InvariantCulture),
                _ when value.IsFloat => value.AsFloat.ToString(spec, CultureInfo.InvariantCulture),
                _ => throw Throw.TypeError($"format: only numbers take a format such as '{Shown(spec)}', not {Throw.TypeName(value)}"),
            };
        }
        catch (FormatException)
        {
            throw Unknown(spec, value);
        }
    }

    private static ScriptErrorException Unknown(string spec, in Value value) => throw Throw.ValueError(
        $"format: '{Shown(spec)}' is not a .NET format for {Throw.TypeName(value)}; write F2 or 0.00 for two digits after the point");

    /// <summary>.NET's formatting can't be interrupted, so it is charged beforehand, in proportion to the square of the length.</summary>
    private static string FormattedBig(ScriptContext context, BigInteger value, string spec)
    {
        if (value.GetBitLength() > MaxFormattedBits)
        {
            throw Throw.ValueError($"format: '{Shown(spec)}' is for ints of at most {MaxFormattedBits} bits; use tostring for longer ones");
        }

        long words = value.GetBitLength() >> 6;
        context.ChargeMemory(words * 64);
        context.Charge(1 + (words * words >> 4));
        return value.ToString(spec, CultureInfo.InvariantCulture);
    }

    /// <summary>Charges the digits that a standard format produces: its precision is their number.</summary>
    private static void ChargeDigits(ScriptContext context, string spec)
    {
        if (spec.Length > 1 && char.IsAsciiLetter(spec[0])
            && long.TryParse(spec.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long digits))
        {
            context.ChargeMemory(2 * Math.Min(digits, int.MaxValue));
            if (digits > MaxWidth)
            {
                throw Throw.ValueError($"format: '{Shown(spec)}' asks for more than {MaxWidth} digits");
            }
        }
    }
}
