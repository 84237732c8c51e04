using System;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.RegularExpressions;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>regex</c>: regular expressions in .NET's syntax, culture-invariant. A match is a map of <c>text</c>, <c>start</c>, <c>end</c>
/// (after the last code unit), <c>groups</c> (the texts of the groups in the order of their parentheses, nil for a group that did not
/// match) and <c>names</c> (a map from the names of groups to their texts).
/// </summary>
internal static class RegexModule
{
    public static void Rows(RowReader rows)
    {
        if (rows.Matches("test(pattern, text)")) rows.Register(Test);
        if (rows.Matches("match(pattern, text)")) rows.Register(static (c, a) => First(c, a, "regex.match", atStart: true));
        if (rows.Matches("find(pattern, text)")) rows.Register(static (c, a) => First(c, a, "regex.find", atStart: false));
        if (rows.Matches("findAll(pattern, text)")) rows.Register(FindAll);
        if (rows.Matches("replace(pattern, text, replacement)")) rows.Register(Replace, CallsBack);
        if (rows.Matches("split(pattern, text)")) rows.Register(Split);
        if (rows.Matches("escape(text)")) rows.Register(Escape);
    }

    private static Value Escape(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Argument.Text(arguments[0], "regex.escape", "text");
        context.Charge(text.Length >> 5);
        context.ChargeMemory(ScriptString.BytesFor(text.Length));
        return Make.Text(context, Regex.Escape(text));
    }

    private static string Text(ReadOnlySpan<Value> arguments, string proc) => Argument.Text(arguments[1], proc, "text");

    /// <summary>
    /// Creates and protects what searches the text, which are the first two arguments. The caller ends the protection.
    /// </summary>
    private static Matcher MatcherFor(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, out CompiledPattern pattern)
    {
        pattern = LibraryState.Of(context).Patterns.Get(context, Argument.Text(arguments[0], proc, "pattern"), proc);
        Matcher matcher = new(context, pattern, Text(arguments, proc));
        context.Protect(matcher);
        return matcher;
    }

    private static Value Test(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Matcher matcher = MatcherFor(context, arguments, "regex.test", out _);
        bool isFound = matcher.Find(0) is not null;
        context.Unprotect();
        return Value.FromBool(isFound);
    }

    /// <summary>The first match; for <c>match</c>, the one that begins at the start of the text.</summary>
    private static Value First(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, bool atStart)
    {
        Matcher matcher = MatcherFor(context, arguments, proc, out CompiledPattern pattern);
        MatchResult? match = atStart ? matcher.FindAtStart() : matcher.Find(0);
        context.Unprotect();
        return match is null ? Value.Nil : ToMap(context, match, pattern, Text(arguments, proc));
    }

    private static Value FindAll(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Text(arguments, "regex.findAll");
        Matcher matcher = MatcherFor(context, arguments, "regex.findAll", out CompiledPattern pattern);
        ListObject found = new();
        context.Protect(found);
        for (MatchResult? m = matcher.Find(0); m is not null; m = Following(matcher, text, m))
        {
            found.Add(context, ToMap(context, m, pattern, text));
        }

        context.Unprotect();
        context.Unprotect();
        return Value.FromObject(found);
    }

    private static Value Replace(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Text(arguments, "regex.replace");
        Matcher matcher = MatcherFor(context, arguments, "regex.replace", out CompiledPattern pattern);
        Replacement? template = arguments[2].Ref is ScriptString ? Template(context, arguments[2], pattern) : null;
        if (template is null)
        {
            Argument.Callable(arguments[2], "regex.replace", "replacement");
        }

        StringBuilder result = new();
        context.Protect(new TextUnderConstruction(result));
        int position = 0;
        for (MatchResult? m = matcher.Find(0); m is not null; m = Following(matcher, text, m))
        {
            string? fresh = template is null ? Fresh(context, arguments[2], ToMap(context, m, pattern, text)) : null;
            Reserve(context, result, m.Start - position + (fresh?.Length ?? template!.LengthFor(m, text)));
            result.Append(text, position, m.Start - position).Append(fresh);
            if (template is not null)
            {
                context.Charge(template.PartCount >> 2);
                template.AppendTo(result, m, text);
            }

            position = m.End;
        }

        Make.TextLength(context, result.Length + (long)text.Length - position, "regex.replace");
        context.Unprotect();
        context.Unprotect();
        return position == 0 && result.Length == 0
            ? arguments[1]
            : Value.FromText(result.Append(text, position, text.Length - position).ToString());
    }

    /// <summary>Charges code units before they are appended to a result.</summary>
    private static void Reserve(ScriptContext context, StringBuilder result, long length)
    {
        context.Charge(length >> 5);
        context.ChargeMemory(2 * length);
        if (result.Length + length > ScriptString.MaxLength)
        {
            throw Throw.CannotExist("regex.replace: a str", ScriptString.MaxLength, "code units");
        }
    }

    private static Replacement Template(ScriptContext context, in Value replacement, CompiledPattern pattern)
    {
        try
        {
            return Replacement.Parse(context, Argument.Text(replacement, "regex.replace", "replacement"), pattern.Groups);
        }
        catch (PatternException e)
        {
            throw Throw.ValueError($"regex.replace: {e.Message}");
        }
    }

    private static string Fresh(ScriptContext context, in Value proc, in Value match)
    {
        Value result = context.Invoke(proc, new ReadOnlySpan<Value>(in match));
        return result.Ref is ScriptString text
            ? text.Text
            : throw Throw.TypeError($"regex.replace: the proc must return a str, not {Throw.TypeName(result)}");
    }

    /// <summary>The texts between the matches, and between them the captured groups of each match, as in .NET.</summary>
    private static Value Split(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Text(arguments, "regex.split");
        Matcher matcher = MatcherFor(context, arguments, "regex.split", out _);
        ListObject parts = new(4);
        context.ChargeMemory(parts.OwnBytes);
        context.Protect(parts);
        int position = 0;
        for (MatchResult? m = matcher.Find(0); m is not null; m = Following(matcher, text, m))
        {
            parts.Add(context, Make.Part(context, text, position, m.Start - position));
            for (int i = 1; i < m.GroupCount; i++)
            {
                if (m.TryGetGroup(i, out int start, out int length))
                {
                    parts.Add(context, Make.Part(context, text, start, length));
                }
            }

            position = m.End;
        }

        parts.Add(context, Make.Part(context, text, position, text.Length - position));
        context.Unprotect();
        context.Unprotect();
        return Value.FromObject(parts);
    }

    /// <summary>The next match. After an empty match the search continues one code unit further, as in .NET.</summary>
    private static MatchResult? Following(Matcher matcher, string text, MatchResult match)
    {
        bool isEmpty = match.End == match.Start;
        return isEmpty && match.End == text.Length ? null : matcher.Find(match.End + (isEmpty ? 1 : 0));
    }

    private static Value ToMap(ScriptContext context, MatchResult match, CompiledPattern pattern, string text)
    {
        (int Index, string? Name)[] order = pattern.Groups.InOrder;
        context.Charge(order.Length);
        context.ChargeMemory(16L * order.Length);
        Value[] groups = new Value[order.Length];
        MapObject names = new();
        for (int i = 0; i < order.Length; i++)
        {
            groups[i] = match.TryGetGroup(order[i].Index, out int start, out int length)
                ? Make.Part(context, text, start, length)
                : Value.Nil;
            if (order[i].Name is { } name)
            {
                names.Set(context, Make.Text(context, name), groups[i]);
            }
        }

        MapObject map = new();
        map.Set(context, Value.FromText("text"), Make.Part(context, text, match.Start, match.End - match.Start));
        map.Set(context, Value.FromText("start"), Value.FromInt(match.Start));
        map.Set(context, Value.FromText("end"), Value.FromInt(match.End));
        map.Set(context, Value.FromText("groups"), Value.FromObject(ListObject.Of(context, groups)));
        map.Set(context, Value.FromText("names"), Value.FromObject(names));
        return Value.FromObject(map);
    }
}
