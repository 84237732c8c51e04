using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>uuid</c> (RFC 9562). A UUID is a str of 36 code units in lower case. The bits of a new one are random in every run, unlike the
/// numbers of module <c>random</c>, so that no two programs make the same one.
/// </summary>
internal static class UuidModule
{
    /// <summary>More code units than any form of a UUID has.</summary>
    private const int MaxLength = 100;

    public static void Rows(RowReader rows)
    {
        rows.Row("v4()")?.Register(static (c, _) => ToText(c, Guid.NewGuid()), Restartable);
        rows.Row("v7()")?.Register(static (c, _) => ToText(c, Guid.CreateVersion7(TimeModule.Now(c, "uuid.v7"))), Restartable);
        rows.Row("parse(text)")?.Register(Parse, Restartable);
    }

    /// <summary>A UUID in its usual form; without hyphens, in braces, or in upper case, it is accepted, too.</summary>
    private static Value Parse(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "uuid.parse", "text");
        return text.Length <= MaxLength && Guid.TryParse(text, out Guid parsed)
            ? ToText(context, parsed)
            : throw Throw.ValueError("uuid.parse: the text is no UUID, which has 32 hexadecimal digits in groups of 8-4-4-4-12");
    }

    private static Value ToText(ScriptContext context, Guid uuid) => Make.Text(context, uuid.ToString("D"));
}
