using System.Globalization;
using System.Numerics;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// The text of values. Containers are formatted as their literals, and a container inside itself as <c>[...]</c>, <c>{...}</c> or similar.
/// The memory of the working buffers is charged here; the caller charges the str that it makes from the result.
/// </summary>
internal static class Formatting
{
    /// <summary>Returns the text of <c>tostring</c> and <c>print</c>; a str stays as it is.</summary>
    /// <exception cref="ScriptErrorException">
    /// StackOverflow for values nested too deep; TypeError for a <c>__str</c> that does not return a str; a limit is exceeded.
    /// </exception>
    public static string ToText(ScriptContext context, in Value value) =>
        value.Ref is ScriptString text ? text.Text : ToLiteral(context, value);

    /// <summary>The text of a value as a str, which is charged; a str stays as it is.</summary>
    /// <exception cref="ScriptErrorException">As <see cref="ToText"/>.</exception>
    public static ScriptString ToStr(ScriptContext context, in Value value)
    {
        if (value.Ref is ScriptString text)
        {
            return text;
        }

        if (value.IsInt)
        {
            ScriptString digits = ScriptString.Of(value.AsInt);
            context.ChargeMemory(ScriptString.BytesFor(digits.Length));
            return digits;
        }

        if (value.IsFloat)
        {
            ScriptString digits = FloatStr(value.AsFloat);
            context.ChargeMemory(ScriptString.BytesFor(digits.Length));
            return digits;
        }

        string made = ToLiteral(context, value);
        context.ChargeMemory(ScriptString.BytesFor(made.Length));
        return ScriptString.From(made);
    }

    /// <summary>The text of a value inside a container: as <see cref="ToText"/>, but a str has quotes and escapes.</summary>
    /// <exception cref="ScriptErrorException">As <see cref="ToText"/>.</exception>
    public static string ToLiteral(ScriptContext context, in Value value) => value.Ref switch
    {
        null => "nil",
        _ when value.IsInt => value.AsInt.ToString(CultureInfo.InvariantCulture),
        _ when value.IsFloat => FloatText(value.AsFloat),
        _ when value.IsBool => value.AsBool ? "true" : "false",
        _ => new LiteralWriter(context).Write(value),
    };

    /// <summary>The shortest text that parses to the same float, in the layout of Python's <c>repr</c>.</summary>
    public static string FloatText(double value) => NumberText.Of(value);

    /// <summary>As <see cref="FloatText"/>, as a str. The caller charges it.</summary>
    public static ScriptString FloatStr(double value)
    {
        System.Span<char> text = stackalloc char[NumberText.MaxLength];
        return ScriptString.Copy(text[..NumberText.Write(value, text)]);
    }

    /// <summary>A str literal for a text: quotes around it and escapes where they are needed to read it back.</summary>
    public static string QuoteString(string text)
    {
        StringBuilder result = new(text.Length + 2);
        AppendQuoted(result, text);
        return result.ToString();
    }

    /// <summary>The text of an object that has neither elements nor a <c>__str</c>: procs, types, tasks, errors and the like.</summary>
    public static string OpaqueText(ScriptObject value) => value switch
    {
        Closure closure => ProcText(closure.Prototype.Name),
        NativeProc native => ProcText(native.Intrinsic.Name),
        BoundProc bound => OpaqueText(bound.Target),
        Shape shape => $"<struct {shape.Name}>",
        EnumType type => $"<enum {type.Name}>",
        HostType type => $"<type {type.Name}>",
        DeclaredType type => $"<type {type.Name}>",
        ModuleInstance module => $"<module {module.Name}>",
        ErrorObject error => error.ToString(),
        _ => $"<{value.TypeName}>",
    };

    /// <summary>Appends a text as a str literal.</summary>
    internal static void AppendQuoted(StringBuilder result, System.ReadOnlySpan<char> text)
    {
        result.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            switch (unit)
            {
                case '"' or '\\':
                    result.Append('\\').Append(unit);
                    break;
                case '$' when i + 1 < text.Length && text[i + 1] == '{':
                    result.Append("\\$");
                    break;
                case '\uD800' or (> '\uD800' and <= '\uDBFF') when i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    result.Append(unit).Append(text[++i]);
                    break;
                default:
                    AppendUnit(result, unit);
                    break;
            }
        }

        result.Append('"');
    }

    private static void AppendUnit(StringBuilder result, char unit)
    {
        if (!char.IsControl(unit) && !char.IsSurrogate(unit))
        {
            result.Append(unit);
            return;
        }

        _ = unit switch
        {
            '\n' => result.Append("\\n"),
            '\t' => result.Append("\\t"),
            '\r' => result.Append("\\r"),
            '\0' => result.Append("\\0"),
            _ => result.Append("\\u{").Append(((int)unit).ToString("x", CultureInfo.InvariantCulture)).Append('}'),
        };
    }

    private static string ProcText(string name) => name.StartsWith('<') ? name : $"<proc {name}>";
}
