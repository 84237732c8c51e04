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
    private static readonly ScriptString TextKey = ScriptString.From("text");
    private static readonly ScriptString StartKey = ScriptString.From("start");
    private static readonly ScriptString EndKey = ScriptString.From("end");
    private static readonly ScriptString GroupsKey = ScriptString.From("groups");
    private static readonly ScriptString NamesKey = ScriptString.From("names");

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
    /// Takes and protects what searches the text; pattern and text are the first two arguments. <see cref="Release"/> ends its use.
    /// </summary>
    /// <exception cref="ScriptErrorException">ValueError when the pattern is none, or is beyond a bound; a limit is exceeded.</exception>
    private static Matcher MatcherFor(ScriptContext context, ReadOnlySpan<Value> arguments, string proc)
    {
        LibraryState state = LibraryState.Of(context);
        CompiledPattern pattern;
        try
        {
            pattern = state.Patterns.Get(context, Argument.Text(arguments[0], proc, "pattern"));
        }
        catch (PatternException e)
        {
            throw Throw.ValueError($"{proc}: {e.Message}");
        }

        string text = Text(arguments, proc);
        Matcher matcher = state.TakeMatcher(context);
        context.Protect(matcher);
        matcher.Begin(pattern, text);
        return matcher;
    }

    /// <summary>Ends the use of a matcher, which is the innermost protected object, and keeps its pattern.</summary>
    private static void Release(ScriptContext context, Matcher matcher)
    {
        context.Unprotect();
        LibraryState state = LibraryState.Of(context);
        state.Patterns.Add(matcher.Pattern);
        state.ReturnMatcher(matcher);
    }

    private static Value Test(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Matcher matcher = MatcherFor(context, arguments, "regex.test");
        bool isFound = matcher.Find(0);
        Release(context, matcher);
        return Value.FromBool(isFound);
    }

    /// <summary>The first match; for <c>match</c>, the one that begins at the start of the text.</summary>
    private static Value First(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, bool atStart)
    {
        Matcher matcher = MatcherFor(context, arguments, proc);
        bool isFound = atStart ? matcher.FindAtStart() : matcher.Find(0);
        Value result = isFound ? ToMap(context, matcher, Text(arguments, proc)) : Value.Nil;
        Release(context, matcher);
        return result;
    }

    private static Value FindAll(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Text(arguments, "regex.findAll");
        ListObject found = new();
        context.Protect(found);
        Matcher matcher = MatcherFor(context, arguments, "regex.findAll");
        for (bool isFound = matcher.Find(0); isFound; isFound = matcher.FindNext())
        {
            found.Add(context, ToMap(context, matcher, text));
        }

        Release(context, matcher);
        context.Unprotect();
        return Value.FromObject(found);
    }

    private static Value Replace(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Text(arguments, "regex.replace");
        StringBuilder result = new();
        context.Protect(new TextUnderConstruction(result));
        Matcher matcher = MatcherFor(context, arguments, "regex.replace");
        int position = arguments[2].Ref is ScriptString
            ? ReplaceByTemplate(context, arguments[2], matcher, text, result)
            : ReplaceByProc(context, arguments[2], matcher, text, result);
        Make.TextLength(context, result.Length + (long)text.Length - position, "regex.replace");
        Release(context, matcher);
        context.Unprotect();
        return position == 0 && result.Length == 0
            ? arguments[1]
            : Value.FromText(result.Append(text, position, text.Length - position).ToString());
    }

    /// <summary>Appends the text up to the end of the last match, with every match replaced.</summary>
    /// <returns>The position of the rest of the text.</returns>
    private static int ReplaceByTemplate(ScriptContext context, in Value replacement, Matcher matcher, string text, StringBuilder result)
    {
        Replacement template;
        try
        {
            template = Replacement.Parse(context, Argument.Text(replacement, "regex.replace", "replacement"), matcher.Pattern.Groups);
        }
        catch (PatternException e)
        {
            throw Throw.ValueError($"regex.replace: {e.Message}");
        }

        int position = 0;
        for (bool isFound = matcher.Find(0); isFound; isFound = matcher.FindNext())
        {
            Reserve(context, result, matcher.Start - position + template.LengthFor(context, matcher, text));
            template.AppendTo(context, result.Append(text, position, matcher.Start - position), matcher, text);
            position = matcher.End;
        }

        context.Unprotect();
        return position;
    }

    /// <inheritdoc cref="ReplaceByTemplate"/>
    private static int ReplaceByProc(ScriptContext context, in Value replacement, Matcher matcher, string text, StringBuilder result)
    {
        Argument.Callable(replacement, "regex.replace", "replacement");
        int position = 0;
        for (bool isFound = matcher.Find(0); isFound; isFound = matcher.FindNext())
        {
            string fresh = Fresh(context, replacement, ToMap(context, matcher, text));
            Reserve(context, result, (long)matcher.Start - position + fresh.Length);
            result.Append(text, position, matcher.Start - position).Append(fresh);
            position = matcher.End;
        }

        return position;
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
        ListObject parts = new(4);
        context.ChargeMemory(parts.OwnBytes);
        context.Protect(parts);
        Matcher matcher = MatcherFor(context, arguments, "regex.split");
        int groups = matcher.Pattern.Groups.Count;
        int position = 0;
        for (bool isFound = matcher.Find(0); isFound; isFound = matcher.FindNext())
        {
            parts.Add(context, Make.Part(context, text, position, matcher.Start - position));
            context.Charge(groups >> 3);
            for (int i = 1; i < groups; i++)
            {
                if (matcher.TryGetGroup(i, out int start, out int length))
                {
                    parts.Add(context, Make.Part(context, text, start, length));
                }
            }

            position = matcher.End;
        }

        parts.Add(context, Make.Part(context, text, position, text.Length - position));
        Release(context, matcher);
        context.Unprotect();
        return Value.FromObject(parts);
    }

    private static Value ToMap(ScriptContext context, Matcher match, string text)
    {
        (int Index, ScriptString? Name)[] order = match.Pattern.Groups.InOrder;
        context.Charge(4L * order.Length);
        context.ChargeMemory((2 * HashTable.EmptyBytes) + (16L * order.Length));
        Value[] groups = order.Length == 0 ? [] : new Value[order.Length];
        MapObject names = new();
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = match.TryGetGroup(order[i].Index, out int start, out int length)
                ? Make.Part(context, text, start, length)
                : Value.Nil;
            if (order[i].Name is { } name)
            {
                names.Set(context, Value.FromObject(name), groups[i]);
            }
        }

        MapObject map = new();
        map.Reserve(context, 5);
        map.Set(context, Value.FromObject(TextKey), Make.Part(context, text, match.Start, match.End - match.Start));
        map.Set(context, Value.FromObject(StartKey), Value.FromInt(match.Start));
        map.Set(context, Value.FromObject(EndKey), Value.FromInt(match.End));
        map.Set(context, Value.FromObject(GroupsKey), Value.FromObject(ListObject.Of(context, groups)));
        map.Set(context, Value.FromObject(NamesKey), Value.FromObject(names));
        return Value.FromObject(map);
    }
}
