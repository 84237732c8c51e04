using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of str, and the members of module <c>str</c>. Everything is ordinal and independent of culture; positions and lengths count
/// UTF-16 code units.
/// </summary>
internal static class StrMethods
{
    private const IntrinsicTraits Pure = IntrinsicTraits.Pure;

    public static void Rows(RowReader rows)
    {
        if (rows.Wants("split(s, sep?)")) rows.Give(StrSplitting.Split);
        if (rows.Wants("join(sep, xs)")) rows.Give(Join, IntrinsicTraits.CallsBack);
        if (rows.Wants("trim(s)")) rows.Give(static (c, a) => Trimmed(c, a, "trim", static s => s.Trim()), Pure);
        if (rows.Wants("trimStart(s)")) rows.Give(static (c, a) => Trimmed(c, a, "trimStart", static s => s.TrimStart()), Pure);
        if (rows.Wants("trimEnd(s)")) rows.Give(static (c, a) => Trimmed(c, a, "trimEnd", static s => s.TrimEnd()), Pure);
        if (rows.Wants("upper(s)")) rows.Give(static (c, a) => Cased(c, a, "upper", static s => s.ToUpperInvariant()), Pure);
        if (rows.Wants("lower(s)")) rows.Give(static (c, a) => Cased(c, a, "lower", static s => s.ToLowerInvariant()), Pure);
        if (rows.Wants("startsWith(s, part)")) rows.Give(StartsWith, Pure);
        if (rows.Wants("endsWith(s, part)")) rows.Give(EndsWith, Pure);
        if (rows.Wants("contains(s, part)")) rows.Give(Contains, Pure);
        if (rows.Wants("find(s, part, start?)")) rows.Give(static (c, a) => Find(c, a, "find"), Pure);
        if (rows.Wants("index(s, part, start?)")) rows.Give(static (c, a) => Find(c, a, "index"), Pure);
        if (rows.Wants("replace(s, old, new)")) rows.Give(Replace, Pure);
        if (rows.Wants("repeat(s, n)")) rows.Give(Repeat, Pure);
        if (rows.Wants("padStart(s, width, fill?)")) rows.Give(static (c, a) => Padded(c, a, "padStart", atStart: true), Pure);
        if (rows.Wants("padEnd(s, width, fill?)")) rows.Give(static (c, a) => Padded(c, a, "padEnd", atStart: false), Pure);
        if (rows.Wants("lines(s)")) rows.Give(StrSplitting.Lines);
        if (rows.Wants("chars(s)")) rows.Give(StrSplitting.Chars);
        if (rows.Wants("codes(s)")) rows.Give(StrSplitting.Codes);
        if (rows.Wants("reverse(s)")) rows.Give(Reverse, Pure);
        if (rows.Wants("format(s, ...values)")) rows.Give(StrFormat.Format, IntrinsicTraits.CallsBack);
        if (rows.Wants("isEmpty(s)")) rows.Give(static (_, a) => Value.FromBool(Self(a, "isEmpty").Length == 0), Pure);
        if (rows.Wants("slice(s, a?, b?)")) rows.Give(Slice, Pure);
        if (rows.Wants("count(s, part)")) rows.Give(Count, Pure);
    }

    private static string Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Text(arguments[0], proc, "s");

    private static Value Join(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string separator = Argument.Text(arguments[0], "join", "sep");
        return Joining.Join(context, Sequence.AsList(context, arguments[1]), separator);
    }

    private static Value Trimmed(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, Func<string, string> trim)
    {
        string text = Self(arguments, proc);
        string trimmed = trim(text);
        context.Charge((text.Length - trimmed.Length) >> 5);
        return trimmed.Length == text.Length ? arguments[0] : Make.Text(context, trimmed);
    }

    private static Value Cased(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, Func<string, string> change)
    {
        string text = Self(arguments, proc);
        context.ChargeMemory(ScriptString.BytesFor(text.Length));
        context.Charge(text.Length >> 5);
        return Value.FromText(change(text));
    }

    private static Value StartsWith(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Self(arguments, "startsWith");
        string part = Argument.Text(arguments[1], "startsWith", "part");
        context.Charge(part.Length >> 8);
        return Value.FromBool(text.StartsWith(part, StringComparison.Ordinal));
    }

    private static Value EndsWith(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Self(arguments, "endsWith");
        string part = Argument.Text(arguments[1], "endsWith", "part");
        context.Charge(part.Length >> 8);
        return Value.FromBool(text.EndsWith(part, StringComparison.Ordinal));
    }

    private static Value Contains(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Self(arguments, "contains");
        return Value.FromBool(TextSearch.IndexOf(context, text, Argument.Text(arguments[1], "contains", "part")) >= 0);
    }

    private static Value Find(ScriptContext context, ReadOnlySpan<Value> arguments, string proc)
    {
        string text = Self(arguments, proc);
        string part = Argument.Text(arguments[1], proc, "part");
        int start = Argument.Start(arguments, 2, text.Length, proc, "str");
        return Value.FromInt(TextSearch.IndexOf(context, text, part, start));
    }

    private static Value Count(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Self(arguments, "count");
        return Value.FromInt(TextOccurrences.Count(context, text, Argument.Text(arguments[1], "count", "part")));
    }

    private static Value Replace(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Self(arguments, "replace");
        string old = Argument.Text(arguments[1], "replace", "old");
        string fresh = Argument.Text(arguments[2], "replace", "new");
        if (old.Length == 0)
        {
            throw Throw.ValueError("replace: 'old' must not be empty");
        }

        long found = TextOccurrences.Count(context, text, old);
        if (found == 0)
        {
            return arguments[0];
        }

        int length = Make.TextLength(context, text.Length + (found * (fresh.Length - old.Length)), "replace");
        return Value.FromText(TextOccurrences.Replace(context, text, old, fresh, length));
    }

    private static Value Repeat(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(arguments, "repeat");
        return arguments[1].IsAnyInt
            ? Arithmetic.Mul(context, arguments[0], arguments[1])
            : throw Argument.Wrong(arguments[1], "repeat", "n", "an int");
    }

    /// <summary>Fills up to a width with as much of the fill, repeated, as fits.</summary>
    private static Value Padded(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, bool atStart)
    {
        string text = Self(arguments, proc);
        long width = Argument.Integer(arguments[1], proc, "width");
        string fill = Argument.TryGetNonNil(arguments, 2, out Value given) ? Argument.Text(given, proc, "fill") : " ";
        if (fill.Length == 0)
        {
            throw Throw.ValueError($"{proc}: 'fill' must not be empty");
        }

        if (width <= text.Length)
        {
            return arguments[0];
        }

        int length = Make.TextLength(context, width, proc);
        context.Charge(length >> 5);
        return Value.FromText(string.Create(length, (text, fill, atStart), FillPadded));
    }

    private static void FillPadded(Span<char> target, (string Text, string Fill, bool AtStart) parts)
    {
        int padding = target.Length - parts.Text.Length;
        parts.Text.CopyTo(parts.AtStart ? target[padding..] : target);
        Span<char> gap = parts.AtStart ? target[..padding] : target[parts.Text.Length..];
        for (int i = 0; i < gap.Length; i++)
        {
            gap[i] = parts.Fill[i % parts.Fill.Length];
        }
    }

    /// <summary>The code units in reverse order.</summary>
    private static Value Reverse(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Self(arguments, "reverse");
        context.ChargeMemory(ScriptString.BytesFor(text.Length));
        context.Charge(text.Length >> 5);
        return Value.FromText(string.Create(text.Length, text, static (target, source) =>
        {
            source.CopyTo(target);
            target.Reverse();
        }));
    }

    private static Value Slice(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(arguments, "slice");
        return Slices.Of(context, arguments);
    }
}
