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
    /// <summary>A match makes a map, a list and some strs: about a microsecond.</summary>
    private const int MatchesBetweenLooks = 1_024;

    /// <summary>What a search does with its matcher; its result is that of the call.</summary>
    private delegate Value SearchWork(ScriptContext context, ReadOnlySpan<Value> arguments, Matcher matcher);

    /// <summary>What stands for a match. The parts are in the order of <see cref="NewKeys"/>.</summary>
    private interface IMatchForm
    {
        static abstract Value Make(ScriptContext context, ReadOnlySpan<Value> parts);
    }

    public static void Rows(RowReader rows)
    {
        rows.Row("test(pattern, text)")?.Register(Test, Restartable);
        rows.Row("match(pattern, text)")?.Register(Match<MapForm>, Restartable);
        rows.Row("find(pattern, text)")?.Register(Find<MapForm>, Restartable);
        rows.Row("findAll(pattern, text)")?.Register(FindAll<MapForm>, Restartable);
        rows.Row("replace(pattern, text, replacement)")?.Register(Replace<MapForm>, CallsBack);
        rows.Row("split(pattern, text)")?.Register(Split, Restartable);
        rows.Row("escape(text)")?.Register(Escape, Restartable);
        rows.Row("compile(pattern, flags?)")?.RegisterMaker("makeRegex");
    }

    /// <summary>The rows of the prelude that the methods of a compiled pattern call. Their matches are tuples.</summary>
    public static void PreludeRows(RowReader rows)
    {
        rows.Row("regexTest(pattern, text)")?.Register(Test, Restartable);
        rows.Row("regexMatch(pattern, text)")?.Register(Match<TupleForm>, Restartable);
        rows.Row("regexFind(pattern, text)")?.Register(Find<TupleForm>, Restartable);
        rows.Row("regexFindAll(pattern, text)")?.Register(FindAll<TupleForm>, Restartable);
        rows.Row("regexReplace(pattern, text, replacement)")?.Register(Replace<TupleForm>, CallsBack);
        rows.Row("regexSplit(pattern, text)")?.Register(Split, Restartable);
        rows.Row("regexSource(pattern, flags)")?.Register(SourceOf, Restartable);
    }

    /// <summary>The keys of a match, in the order of its parts.</summary>
    public static KnownKeys NewKeys() => new(
        ScriptString.From("text"), ScriptString.From("start"), ScriptString.From("end"), ScriptString.From("groups"),
        ScriptString.From("names"));

    /// <summary>The pattern of <c>regex.compile</c> with its flags within it, after both are checked.</summary>
    private static Value SourceOf(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> flags = Argument.Units(arguments[1], "regex.compile", "flags");
        if (flags.ContainsAnyExcept("imsx"))
        {
            throw Throw.ValueError("regex.compile: 'flags' may have the letters i, m, s and x only");
        }

        string pattern = Argument.Text(arguments[0], "regex.compile", "pattern");
        context.Charge(pattern.Length >> 5);
        Value source = flags.Length == 0 ? arguments[0] : Make.Text(context, $"(?{flags}){pattern}");
        LibraryState.Of(context).Patterns.Add(PatternOf(context, source, "regex.compile"));
        return source;
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
    /// Searches with what fits the first two arguments, pattern and text, while it is protected. A search that ends with an error leaves
    /// neither its pattern nor the memory that it took, so that it takes the same steps and memory if the interpreter executes it again.
    /// </summary>
    /// <exception cref="ScriptErrorException">ValueError when the pattern is none, or is beyond a bound; a limit is exceeded.</exception>
    private static Value Search(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, SearchWork work)
    {
        LibraryState state = LibraryState.Of(context);
        CompiledPattern pattern = PatternOf(context, arguments[0], proc);
        string text = Text(arguments, proc);
        Matcher matcher = state.TakeMatcher(context);
        context.Protect(matcher);
        bool isDone = false;
        try
        {
            matcher.Begin(pattern, text);
            Value result = work(context, arguments, matcher);
            context.Unprotect();
            state.Patterns.Add(pattern);
            isDone = true;
            return result;
        }
        finally
        {
            if (!isDone)
            {
                matcher.Undo();
            }

            state.ReturnMatcher(matcher);
        }
    }

    private static CompiledPattern PatternOf(ScriptContext context, in Value pattern, string proc)
    {
        try
        {
            return LibraryState.Of(context).Patterns.Get(context, Argument.Text(pattern, proc, "pattern"));
        }
        catch (PatternException e)
        {
            throw Throw.ValueError($"{proc}: {e.Message}");
        }
    }

    private static Value Test(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Search(context, arguments, "regex.test", static (_, _, matcher) => Value.FromBool(matcher.Find(0)));

    /// <summary>The match that begins at the start of the text.</summary>
    private static Value Match<TForm>(ScriptContext context, ReadOnlySpan<Value> arguments)
        where TForm : struct, IMatchForm => Search(
        context,
        arguments,
        "regex.match",
        static (c, a, matcher) => matcher.FindAtStart() ? Describe<TForm>(c, matcher, Text(a, "regex.match")) : Value.Nil);

    /// <summary>The first match.</summary>
    private static Value Find<TForm>(ScriptContext context, ReadOnlySpan<Value> arguments)
        where TForm : struct, IMatchForm => Search(
        context,
        arguments,
        "regex.find",
        static (c, a, matcher) => matcher.Find(0) ? Describe<TForm>(c, matcher, Text(a, "regex.find")) : Value.Nil);

    private static Value FindAll<TForm>(ScriptContext context, ReadOnlySpan<Value> arguments)
        where TForm : struct, IMatchForm =>
        Search(context, arguments, "regex.findAll", FindAll<TForm>);

    private static Value FindAll<TForm>(ScriptContext context, ReadOnlySpan<Value> arguments, Matcher matcher)
        where TForm : struct, IMatchForm
    {
        string text = Text(arguments, "regex.findAll");
        ListObject found = new();
        context.Protect(found);
        for (bool isFound = matcher.Find(0); isFound; isFound = matcher.FindNext())
        {
            found.Add(context, Describe<TForm>(context, matcher, text));
            if (found.Count % MatchesBetweenLooks == 0)
            {
                context.CheckClock();
            }
        }

        context.Unprotect();
        return Value.FromObject(found);
    }

    private static Value Replace<TForm>(ScriptContext context, ReadOnlySpan<Value> arguments)
        where TForm : struct, IMatchForm =>
        Search(context, arguments, "regex.replace", Replace<TForm>);

    private static Value Replace<TForm>(ScriptContext context, ReadOnlySpan<Value> arguments, Matcher matcher)
        where TForm : struct, IMatchForm
    {
        string text = Text(arguments, "regex.replace");
        StringBuilder result = FreeText.Take();
        context.Protect(new TextUnderConstruction(result));
        int position = arguments[2].Ref is ScriptString
            ? ReplaceByTemplate(context, arguments[2], matcher, text, result)
            : ReplaceByProc<TForm>(context, arguments[2], matcher, text, result);
        Make.TextLength(context, result.Length + (long)text.Length - position, "regex.replace");
        context.Unprotect();
        bool isUnchanged = position == 0 && result.Length == 0;
        string replaced = FreeText.Finish(context, isUnchanged ? result : result.Append(text, position, text.Length - position));
        return isUnchanged ? arguments[1] : Value.FromText(replaced);
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
    private static int ReplaceByProc<TForm>(
        ScriptContext context, in Value replacement, Matcher matcher, string text, StringBuilder result)
        where TForm : struct, IMatchForm
    {
        Argument.Callable(replacement, "regex.replace", "replacement");
        int position = 0;
        for (bool isFound = matcher.Find(0); isFound; isFound = matcher.FindNext())
        {
            string fresh = Fresh(context, replacement, Describe<TForm>(context, matcher, text));
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
    private static Value Split(ScriptContext context, ReadOnlySpan<Value> arguments) => Search(context, arguments, "regex.split", Split);

    private static Value Split(ScriptContext context, ReadOnlySpan<Value> arguments, Matcher matcher)
    {
        string text = Text(arguments, "regex.split");
        ListObject parts = new(4);
        context.ChargeMemory(parts.OwnBytes);
        context.Protect(parts);
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
        context.Unprotect();
        return Value.FromObject(parts);
    }

    private static Value Describe<TForm>(ScriptContext context, Matcher match, string text)
        where TForm : struct, IMatchForm
    {
        (int Index, ScriptString? Name)[] order = match.Pattern.Groups.InOrder;
        context.Charge(4L * order.Length);
        context.CheckElements(order.Length);
        context.ChargeMemory(HashTable.EmptyBytes + ListObject.BytesFor(ListStrategy.Values, order.Length));
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

        ListObject list = groups.Length == 0 ? new ListObject() : ListObject.OfValues(groups, groups.Length);
        ReadOnlySpan<Value> parts =
        [
            Make.Part(context, text, match.Start, match.End - match.Start),
            Value.FromInt(match.Start),
            Value.FromInt(match.End),
            Value.FromObject(list),
            Value.FromObject(names),
        ];
        return TForm.Make(context, parts);
    }

    private readonly struct MapForm : IMatchForm
    {
        public static Value Make(ScriptContext context, ReadOnlySpan<Value> parts) =>
            Value.FromObject(MapObject.OfKeys(context, LibraryState.Of(context).MatchKeys, parts));
    }

    private readonly struct TupleForm : IMatchForm
    {
        public static Value Make(ScriptContext context, ReadOnlySpan<Value> parts)
        {
            context.ChargeMemory(TupleObject.BytesFor(parts.Length));
            return Value.FromObject(TupleObject.Of(parts));
        }
    }
}
