using System;
using System.Text;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of str that look at single characters: what they are, their case, their code points, and characters at the ends.
/// </summary>
internal static class StrLetters
{
    public static void Rows(RowReader rows)
    {
        rows.Row("isDigit(s)")?.Register(static (c, a) => AreAll(c, a, "isDigit", Rune.IsDigit), Pure);
        rows.Row("isAlpha(s)")?.Register(static (c, a) => AreAll(c, a, "isAlpha", Rune.IsLetter), Pure);
        rows.Row("isSpace(s)")?.Register(static (c, a) => AreAll(c, a, "isSpace", Rune.IsWhiteSpace), Pure);
        rows.Row("isUpper(s)")?.Register(static (c, a) => AreCased(c, a, "isUpper", Rune.IsUpper), Pure);
        rows.Row("isLower(s)")?.Register(static (c, a) => AreCased(c, a, "isLower", Rune.IsLower), Pure);
        rows.Row("title(s)")?.Register(Title, Restartable);
        rows.Row("capitalize(s)")?.Register(Capitalize, Restartable);
        rows.Row("removePrefix(s, part)")?.Register(RemovePrefix, Pure);
        rows.Row("removeSuffix(s, part)")?.Register(RemoveSuffix, Pure);
        rows.Row("codePoints(s)")?.Register(CodePoints, Restartable);
        rows.Row("compare(s, other, ignoreCase?)")?.Register(Compare, Pure);
        rows.Row("lastIndexOf(s, part)")?.Register(LastIndexOf, Pure);
    }

    /// <summary><c>s.trim(chars)</c>: without the characters of a str at both ends.</summary>
    public static Value TrimChars(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "trim");
        ReadOnlySpan<char> trimmed = text.Trim(Argument.Units(arguments[1], "trim", "chars"));
        context.Charge(((text.Length - trimmed.Length) >> 2) + (text.Length >> 7));
        return trimmed.Length == text.Length ? arguments[0] : Make.Text(context, trimmed);
    }

    private static ReadOnlySpan<char> Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Units(arguments[0], proc, "s");

    private static Value AreAll(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, Predicate<Rune> test)
    {
        ReadOnlySpan<char> text = Self(arguments, proc);
        context.Charge(text.Length >> 3);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!test(rune))
            {
                return Value.FromBool(false);
            }
        }

        return Value.FromBool(text.Length > 0);
    }

    /// <summary>Whether a str has a letter of a case, and none of the other.</summary>
    private static Value AreCased(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, Predicate<Rune> test)
    {
        ReadOnlySpan<char> text = Self(arguments, proc);
        context.Charge(text.Length >> 3);
        bool hasLetter = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool fits = test(rune);
            if (!fits && (Rune.IsUpper(rune) || Rune.IsLower(rune)))
            {
                return Value.FromBool(false);
            }

            hasLetter |= fits;
        }

        return Value.FromBool(hasLetter);
    }

    /// <summary>Each letter that does not follow a letter or an apostrophe becomes upper case, all others lower case.</summary>
    private static Value Title(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Recased(context, Self(arguments, "title"), isTitle: true);

    /// <summary>The first letter becomes upper case; the others stay as they are.</summary>
    private static Value Capitalize(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Recased(context, Self(arguments, "capitalize"), isTitle: false);

    private static Value Recased(ScriptContext context, ReadOnlySpan<char> text, bool isTitle)
    {
        context.ChargeMemory(2L * text.Length);
        context.Charge(text.Length >> 2);
        StringBuilder result = new(text.Length);
        bool isFirst = true;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Rune cased = isFirst ? Rune.ToUpperInvariant(rune) : isTitle ? Rune.ToLowerInvariant(rune) : rune;
            result.Append(cased.ToString());
            isFirst = isTitle && !Rune.IsLetter(rune) && rune.Value != '\'';
        }

        return Make.Text(context, result.ToString());
    }

    private static Value RemovePrefix(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "removePrefix");
        ReadOnlySpan<char> part = Argument.Units(arguments[1], "removePrefix", "part");
        context.Charge(text.Length >> 7);
        _ = TextSearch.TryStartsWith<RaisingCharge>(context, text, part, out bool starts);
        return starts && part.Length > 0 ? Make.Text(context, text[part.Length..]) : arguments[0];
    }

    private static Value RemoveSuffix(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "removeSuffix");
        ReadOnlySpan<char> part = Argument.Units(arguments[1], "removeSuffix", "part");
        context.Charge(text.Length >> 7);
        _ = TextSearch.TryEndsWith<RaisingCharge>(context, text, part, out bool ends);
        return ends && part.Length > 0 ? Make.Text(context, text[..^part.Length]) : arguments[0];
    }

    private static Value CodePoints(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "codePoints");
        ListObject points = Make.ListFor(context, text.Length);
        context.Protect(points);
        int done = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Pieces.Look(context, done++);
            points.Add(context, Value.FromInt(rune.Value));
        }

        context.Charge(done >> 3);
        context.Unprotect();
        return Value.FromObject(points);
    }

    /// <summary>Less than 0, 0 or more than 0: the order of code units, or of their upper case.</summary>
    private static Value Compare(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "compare");
        ReadOnlySpan<char> other = Argument.Units(arguments[1], "compare", "other");
        bool ignoresCase = Argument.TryGet(arguments, 2, out Value ignore) && ignore.IsTruthy;
        context.Charge(Math.Min(text.Length, other.Length) >> 4);
        return Value.FromInt(Math.Sign(text.CompareTo(other, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)));
    }

    private static Value LastIndexOf(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Self(arguments, "lastIndexOf");
        ReadOnlySpan<char> part = Argument.Units(arguments[1], "lastIndexOf", "part");
        context.Charge(text.Length >> 4);
        return Value.FromInt(text.LastIndexOf(part, StringComparison.Ordinal));
    }
}
