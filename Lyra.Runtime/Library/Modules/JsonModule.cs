using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>json</c> (RFC 8259). Objects are maps with str keys, arrays lists, numbers without fraction and exponent ints of any size, all
/// others floats. Tuples are written as arrays.
/// </summary>
internal static class JsonModule
{
    /// <summary>Most spaces per level.</summary>
    private const int MaxIndent = 64;

    public static void Rows(RowReader rows)
    {
        if (rows.Wants("parse(text)")) rows.Give(static (c, a) => new JsonParser(c, Argument.Text(a[0], "parse", "text")).Parse());
        if (rows.Wants("stringify(v, indent?)")) rows.Give(Stringify);
    }

    /// <summary>Compact without an indentation or with 0; else that many spaces, or that str, for each level.</summary>
    private static Value Stringify(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string indent = string.Empty;
        if (Argument.TryGetNonNil(arguments, 1, out Value given))
        {
            indent = given.Ref is ScriptString text ? text.Text : Spaces(Argument.Integer(given, "stringify", "indent"));
        }

        return Make.Text(context, new JsonWriter(context, indent).Write(arguments[0]));
    }

    private static string Spaces(long count) => count is >= 0 and <= MaxIndent
        ? new string(' ', (int)count)
        : throw Throw.ValueError($"stringify: 'indent' must be from 0 to {MaxIndent}");
}
