using System;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>regex</c>: regular expressions in .NET's syntax, culture-invariant. A match is a map of <c>text</c>, <c>start</c>, <c>end</c>
/// (after the last code unit) and <c>groups</c>: the texts of the groups from 1 on, nil for a group that did not match.
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

    private static string Pattern(ReadOnlySpan<Value> arguments, string proc) => Argument.Text(arguments[0], proc, "pattern");

    private static string Text(ReadOnlySpan<Value> arguments, string proc) => Argument.Text(arguments[1], proc, "text");

    private static Value Test(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string text = Text(arguments, "regex.test");
        return Value.FromBool(RegexRunner.Run(context, Pattern(arguments, "regex.test"), text, "regex.test", regex => regex.IsMatch(text)));
    }

    /// <summary>
    /// The first match. For <c>match</c>, it must begin at the start of the text; it suffices to check the leftmost match.
    /// </summary>
    private static Value First(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, bool atStart)
    {
        Match match = MatchAt(context, Pattern(arguments, proc), Text(arguments, proc), proc, 0);
        return match.Success && (!atStart || match.Index == 0) ? ToMap(context, match) : Value.Nil;
    }

    private static Value FindAll(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string pattern = Pattern(arguments, "regex.findAll");
        string text = Text(arguments, "regex.findAll");
        ListObject found = new();
        context.Protect(found);
        for (Match m = MatchAt(context, pattern, text, "regex.findAll", 0); m.Success;
            m = Following(context, pattern, text, "regex.findAll", m))
        {
            found.Add(context, ToMap(context, m));
        }

        context.Unprotect();
        return Value.FromObject(found);
    }

    private static Value Replace(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string pattern = Pattern(arguments, "regex.replace");
        string text = Text(arguments, "regex.replace");
        string? template = arguments[2].Ref is ScriptString ? Argument.Text(arguments[2], "regex.replace", "replacement") : null;
        if (template is null)
        {
            Argument.Callable(arguments[2], "regex.replace", "replacement");
        }

        StringBuilder result = new();
        context.Protect(new TextUnderConstruction(result));
        int position = 0;
        for (Match m = MatchAt(context, pattern, text, "regex.replace", 0); m.Success;
            m = Following(context, pattern, text, "regex.replace", m))
        {
            string fresh = template is null ? Replacement(context, arguments[2], m) : Expanded(m, template);
            context.ChargeMemory(2L * (m.Index - position + fresh.Length));
            result.Append(text, position, m.Index - position).Append(fresh);
            position = m.Index + m.Length;
        }

        Make.TextLength(context, result.Length + (long)text.Length - position, "regex.replace");
        context.Unprotect();
        return position == 0 && result.Length == 0
            ? arguments[1]
            : Value.FromText(result.Append(text, position, text.Length - position).ToString());
    }

    private static string Expanded(Match match, string template)
    {
        try
        {
            return match.Result(template);
        }
        catch (RegexParseException e)
        {
            throw Throw.ValueError($"regex.replace: the replacement can't be read: {RegexCache.Describe(e)}");
        }
    }

    private static string Replacement(ScriptContext context, in Value proc, Match match)
    {
        Value argument = ToMap(context, match);
        Value result = context.Invoke(proc, new ReadOnlySpan<Value>(in argument));
        return result.Ref is ScriptString text
            ? text.Text
            : throw Throw.TypeError($"regex.replace: the proc must return a str, not {Throw.TypeName(result)}");
    }

    /// <summary>The texts between the matches, and between them the captured groups of each match, as in .NET.</summary>
    private static Value Split(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string pattern = Pattern(arguments, "regex.split");
        string text = Text(arguments, "regex.split");
        ListObject parts = new(4);
        context.ChargeMemory(parts.OwnBytes);
        context.Protect(parts);
        int position = 0;
        for (Match m = MatchAt(context, pattern, text, "regex.split", 0); m.Success;
            m = Following(context, pattern, text, "regex.split", m))
        {
            parts.Add(context, Make.Part(context, text, position, m.Index - position));
            for (int i = 1; i < m.Groups.Count; i++)
            {
                if (m.Groups[i].Success)
                {
                    parts.Add(context, Make.Text(context, m.Groups[i].Value));
                }
            }

            position = m.Index + m.Length;
        }

        parts.Add(context, Make.Part(context, text, position, text.Length - position));
        context.Unprotect();
        return Value.FromObject(parts);
    }

    private static Match MatchAt(ScriptContext context, string pattern, string text, string proc, int start) =>
        RegexRunner.Run(context, pattern, text, proc, regex => regex.Match(text, start));

    /// <summary>The next match. After an empty match the search continues one code unit further, as in .NET.</summary>
    private static Match Following(ScriptContext context, string pattern, string text, string proc, Match match)
    {
        int start = match.Index + match.Length;
        if (match.Length > 0)
        {
            return MatchFrom(context, pattern, text, proc, start);
        }

        return start < text.Length ? MatchFrom(context, pattern, text, proc, start + 1) : System.Text.RegularExpressions.Match.Empty;
    }

    /// <summary>
    /// Charges nothing for the text, which the first match has charged; otherwise each of many matches would cost the text's length.
    /// </summary>
    private static Match MatchFrom(ScriptContext context, string pattern, string text, string proc, int start) =>
        RegexRunner.Run(context, pattern, string.Empty, proc, regex => regex.Match(text, start));

    private static Value ToMap(ScriptContext context, Match match)
    {
        Value[] groups = new Value[match.Groups.Count - 1];
        for (int i = 0; i < groups.Length; i++)
        {
            Group group = match.Groups[i + 1];
            groups[i] = group.Success ? Make.Text(context, group.Value) : Value.Nil;
        }

        MapObject map = new();
        map.Set(context, Value.FromText("text"), Make.Text(context, match.Value));
        map.Set(context, Value.FromText("start"), Value.FromInt(match.Index));
        map.Set(context, Value.FromText("end"), Value.FromInt(match.Index + match.Length));
        map.Set(context, Value.FromText("groups"), Value.FromObject(ListObject.Of(context, groups)));
        return Value.FromObject(map);
    }
}
