using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>json</c> (RFC 8259), based on the reader and writer of System.Text.Json. Objects are maps with str keys, and arrays are lists.
/// Numbers without fraction and exponent are ints of any size; all other numbers are floats. Tuples are written as arrays.
/// </summary>
internal static class JsonModule
{
    /// <summary>The most spaces or tabs per level.</summary>
    private const int MaxIndent = 64;

    public static void Rows(RowReader rows)
    {
        rows.Row("parse(text, as?)")?.Register(Parse, CallsBack | Restartable);
        rows.Row("stringify(v, indent?)")?.Register(Stringify, Restartable | Borrows);

    }

    /// <summary>Parses a text, and makes a value of the type <c>as</c> of what it reads.</summary>
    private static Value Parse(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value value = new JsonParser(context, Argument.Text(arguments[0], "json.parse", "text")).Parse();
        return !Argument.TryGetNonNil(arguments, 1, out Value type) ? value
            : type.Ref is DeclaredType declared ? new JsonTyping(context).Convert(value, declared.Type)
            : throw Argument.Wrong(type, "json.parse", "as", "a type, as in json.parse(text, as: Order),");
    }

    /// <summary>
    /// Writes compact text if <c>indent</c> is absent or 0. Otherwise each level is indented by that many spaces, or by that str of spaces
    /// or tabs.
    /// </summary>
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
