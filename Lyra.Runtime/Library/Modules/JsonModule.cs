using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>json</c> (RFC 8259) on the readers and writers of System.Text.Json. Objects are maps with str keys, arrays lists, numbers
/// without fraction and exponent ints of any size, all others floats. Tuples are written as arrays.
/// </summary>
internal static class JsonModule
{
    /// <summary>Most spaces or tabs per level.</summary>
    private const int MaxIndent = 64;

    public static void Rows(RowReader rows)
    {
        if (rows.Matches("parse(text)"))
        {
            rows.Register(static (c, a) => new JsonParser(c, Argument.Text(a[0], "json.parse", "text")).Parse());
        }

        if (rows.Matches("stringify(v, indent?)")) rows.Register(Stringify);
    }

    /// <summary>Compact without an indentation or with 0; else that many spaces, or that str of spaces or tabs, for each level.</summary>
    private static Value Stringify(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        (char Character, int Count) indent = (' ', 0);
        if (Argument.TryGetNonNil(arguments, 1, out Value given))
        {
            indent = given.Ref is ScriptString text ? Blanks(text.Span) : Spaces(Argument.Integer(given, "json.stringify", "indent"));
        }

        using JsonWriter writer = new(context, indent.Character, indent.Count);
        return Make.Text(context, writer.Write(arguments[0]));
    }

    private static (char Character, int Count) Spaces(long count) => count is >= 0 and <= MaxIndent
        ? (' ', (int)count)
        : throw Throw.ValueError($"json.stringify: 'indent' must be from 0 to {MaxIndent}");

    private static (char Character, int Count) Blanks(ReadOnlySpan<char> text)
    {
        char character = text is ['\t', ..] ? '\t' : ' ';
        return text.Length <= MaxIndent && !text.ContainsAnyExcept(character)
            ? (character, text.Length)
            : throw Throw.ValueError(
                $"json.stringify: 'indent' must be a number of spaces, or a str of up to {MaxIndent} spaces or of up to {MaxIndent} tabs");
    }
}
