using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of str, and the members of module <c>str</c>. Everything is ordinal and independent of culture; positions and lengths count
/// UTF-16 code units.
/// </summary>
internal static class StrMethods
{
    /// <summary>Code units that are converted between two looks at the clock: less than a millisecond.</summary>
    private const int CasedPiece = 1 << 14;

    private delegate Range Trimming(int length, Range between);

    private delegate int Casing(ReadOnlySpan<char> text, Span<char> target);

    public static void Rows(RowReader rows)
    {
        rows.Row("split(s, sep?)")?.Register(StrSplitting.Split, Restartable);
        rows.Row("join(sep, xs)")?.Register(Join, CallsBack | Restartable);
        rows.Row("trim(s, chars?)")?.Register(
            static (c, a) => Argument.TryGetNonNil(a, 1, out _)
                ? StrLetters.TrimChars(c, a) : Trimmed(c, a, "trim", static (_, part) => part), Pure);
        rows.Row("trimStart(s)")?.Register(static (c, a) => Trimmed(c, a, "trimStart", static (length, part) => part.Start..length), Pure);
        rows.Row("trimEnd(s)")?.Register(static (c, a) => Trimmed(c, a, "trimEnd", static (_, part) => ..part.End), Pure);
        rows.Row("upper(s)")?.Register(static (c, a) => Cased(c, a, "upper", static (s, to) => s.ToUpperInvariant(to)), Pure);
        rows.Row("lower(s)")?.Register(static (c, a) => Cased(c, a, "lower", static (s, to) => s.ToLowerInvariant(to)), Pure);
        rows.Row("startsWith(s, part, from?)")?.Register(StartsWith, Pure, IntrinsicId.StrStartsWith);
        rows.Row("endsWith(s, part)")?.Register(EndsWith, Pure, IntrinsicId.StrEndsWith);
        rows.Row("contains(s, part)")?.Register(Contains, Pure, IntrinsicId.StrContains);
        rows.Row("find(s, part, start?)")?.Register(static (c, a) => Find(c, a, "find"), Pure, IntrinsicId.StrFind);
        rows.Row("index(s, part, start?)")?.Register(static (c, a) => Find(c, a, "index"), Pure, IntrinsicId.StrIndex);
        rows.Row("indexOf(s, part, start?)")?.Register(static (c, a) => Find(c, a, "indexOf"), Pure);
        rows.Row("replace(s, old, new)")?.Register(Replace, Pure);
        rows.Row("repeat(s, n)")?.Register(Repeat, Pure);
        rows.Row("padStart(s, width, fill?)")?.Register(static (c, a) => Padded(c, a, "padStart", atStart: true), Pure);
        rows.Row("padEnd(s, width, fill?)")?.Register(static (c, a) => Padded(c, a, "padEnd", atStart: false), Pure);
        rows.Row("lines(s)")?.Register(StrSplitting.Lines, Restartable);
        rows.Row("chars(s)")?.Register(StrSplitting.Chars, Restartable);
        rows.Row("codes(s)")?.Register(StrSplitting.Codes, Restartable);
        rows.Row("reverse(s)")?.Register(Reverse, Pure);
        rows.Row("format(s, ...values)")?.Register(StrFormat.Format, CallsBack | Restartable);
        rows.Row("isEmpty(s)")?.Register(static (_, a) => Value.FromBool(Self(a, "isEmpty").Length == 0), Pure, IntrinsicId.IsEmpty);
        rows.Row("slice(s, a?, b?)")?.Register(Slice, Pure);
        rows.Row("count(s, part?)")?.RegisterScripted();
        rows.Row("words(s)")?.Register(static (c, a) => StrSplitting.Split(c, a), Restartable);
        rows.Row("partition(s, sep)")?.RegisterScripted();
        StrLetters.Rows(rows);
    }

    private static ReadOnlySpan<char> Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Units(arguments[0], proc, "s");

    private static Value Join(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> separator = Argument.Units(arguments[0], "join", "sep");
        return Joining.Join(context, Sequence.AsList(context, arguments[1]), separator);
    }

    private static Value Trimmed(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, Trimming trim)
    {
        ReadOnlySpan<char> text = Self(arguments, proc);
        ReadOnlySpan<char> trimmed = text[trim(text.Length, TextSearch.Trimmed(context, text))];
        return trimmed.Length == text.Length ? arguments[0] : Make.Text(context, trimmed);
    }

    private static Value Cased(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, Casing change)
    {
        ReadOnlySpan<char> text = Self(arguments, proc);
        context.ChargeMemory(ScriptString.BytesFor(text.Length));
        context.Charge(text.Length >> 3);
        return Value.FromObject(ScriptString.Create(context, text.Length, new Changed(context, text, change), FillCased));
    }

    /// <summary>A surrogate pair lies in one piece, because it is one letter.</summary>
    private static void FillCased(Span<char> target, Changed source)
    {
        ReadOnlySpan<char> text = source.Text;
        while (text.Length > CasedPiece)
        {
            int length = char.IsHighSurrogate(text[CasedPiece - 1]) ? CasedPiece + 1 : CasedPiece;
            source.Change(text[..length], target);
            text = text[length..];
            target = target[length..];
            source.Context.CheckClock();
        }

        source.Change(text, target);
    }

    private static Value StartsWith(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "startsWith");
        ReadOnlySpan<char> part = Argument.Units(arguments[1], "startsWith", "part");
        text = text[Argument.Start(arguments, 2, text.Length, "startsWith", "str")..];
        _ = TextSearch.TryStartsWith<RaisingCharge>(context, text, part, out bool starts);
        return Value.FromBool(starts);
    }

    private static Value EndsWith(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "endsWith");
        ReadOnlySpan<char> part = Argument.Units(arguments[1], "endsWith", "part");
        _ = TextSearch.TryEndsWith<RaisingCharge>(context, text, part, out bool ends);
        return Value.FromBool(ends);
    }

    private static Value Contains(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "contains");
        return Value.FromBool(TextSearch.IndexOf(context, text, Argument.Units(arguments[1], "contains", "part")) >= 0);
    }

    private static Value Find(ScriptContext context, ReadOnlySpan<Value> arguments, string proc)
    {
        ReadOnlySpan<char> text = Self(arguments, proc);
        ReadOnlySpan<char> part = Argument.Units(arguments[1], proc, "part");
        int start = Argument.Start(arguments, 2, text.Length, proc, "str");
        return Value.FromInt(TextSearch.IndexOf(context, text, part, start));
    }

    public static Value Count(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "count");
        return Value.FromInt(TextOccurrences.Count(context, text, Argument.Units(arguments[1], "count", "part")));
    }

    private static Value Replace(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "replace");
        ReadOnlySpan<char> old = Argument.Units(arguments[1], "replace", "old");
        ReadOnlySpan<char> fresh = Argument.Units(arguments[2], "replace", "new");
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
        return Value.FromObject(TextOccurrences.Replace(context, text, old, fresh, length));
    }

    private static Value Repeat(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(arguments, "repeat");
        return arguments[1].IsAnyInt
            ? Arithmetic.Mul(context, arguments[0], arguments[1])
            : throw Argument.Wrong(arguments[1], "repeat", "n", "an int");
    }

    /// <summary>Pads to a width with the fill, repeated and truncated to fit.</summary>
    private static Value Padded(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, bool atStart)
    {
        ReadOnlySpan<char> text = Self(arguments, proc);
        long width = Argument.Integer(arguments[1], proc, "width");
        ReadOnlySpan<char> fill = Argument.TryGetNonNil(arguments, 2, out Value given) ? Argument.Units(given, proc, "fill") : " ";
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
        return Value.FromObject(ScriptString.Create(context, length, new Padding(context, text, fill, atStart), FillPadded));
    }

    private static void FillPadded(Span<char> target, Padding parts)
    {
        int padding = target.Length - parts.Text.Length;
        Pieces.Copy(parts.Context, parts.Text, parts.AtStart ? target[padding..] : target);
        Span<char> gap = parts.AtStart ? target[..padding] : target[parts.Text.Length..];
        Pieces.Tile(parts.Context, gap, parts.Fill[..Math.Min(gap.Length, parts.Fill.Length)]);
    }

    /// <summary>The code units in reverse order.</summary>
    private static Value Reverse(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "reverse");
        context.ChargeMemory(ScriptString.BytesFor(text.Length));
        context.Charge(text.Length >> 5);
        return Value.FromObject(ScriptString.Create(context, text.Length, new Changed(context, text, Reversed), FillReversed));
    }

    private static void FillReversed(Span<char> target, Changed source)
    {
        ReadOnlySpan<char> text = source.Text;
        while (text.Length > CasedPiece)
        {
            source.Change(text[^CasedPiece..], target);
            text = text[..^CasedPiece];
            target = target[CasedPiece..];
            source.Context.CheckClock();
        }

        source.Change(text, target);
    }

    private static int Reversed(ReadOnlySpan<char> text, Span<char> target)
    {
        text.CopyTo(target);
        target[..text.Length].Reverse();
        return text.Length;
    }

    private static Value Slice(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(arguments, "slice");
        return Slices.Of(context, arguments);
    }

    private readonly ref struct Changed(ScriptContext context, ReadOnlySpan<char> text, Casing change)
    {
        public readonly ScriptContext Context = context;

        public readonly ReadOnlySpan<char> Text = text;

        public readonly Casing Change = change;
    }

    private readonly ref struct Padding(ScriptContext context, ReadOnlySpan<char> text, ReadOnlySpan<char> fill, bool atStart)
    {
        public readonly ScriptContext Context = context;

        public readonly ReadOnlySpan<char> Text = text;

        public readonly ReadOnlySpan<char> Fill = fill;

        public readonly bool AtStart = atStart;
    }
}
