using System;
using System.Globalization;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>The builtin <c>decimal</c>: the exact number of a str, int or float.</summary>
internal static class DecimalBuiltin
{
    private const NumberStyles Style = NumberStyles.Float;

    /// <summary>The most code units of a text that a message shows.</summary>
    private const int MaxShown = 40;

    public static Value Make(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value x = arguments[0];
        if (x.Ref is HostObject<decimal>)
        {
            return x;
        }

        if (x.Ref is ScriptString text)
        {
            return Parse(context, text);
        }

        if (x.IsFloat)
        {
            return HostDecimal.Of(x.AsFloat) is { } rounded ? HostDecimal.Of(context, rounded) : throw TooLarge();
        }

        if (!x.IsAnyInt)
        {
            throw Argument.Wrong(x, "decimal", "x", "a str or a number");
        }

        return x.IsInt ? HostDecimal.Of(context, x.AsInt)
            : Conversion.TryToDecimal(x.AsBig, out decimal exact) ? HostDecimal.Of(context, exact)
            : throw TooLarge();
    }

    /// <summary>Parses a text as <c>tofloat</c> does, with all of its digits.</summary>
    private static Value Parse(ScriptContext context, ScriptString text)
    {
        context.Charge(text.Length >> 3);
        ReadOnlySpan<char> digits = text.Span.Trim();
        bool isNumber = digits.IndexOf('_') < 0 && decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out _);
        if (!isNumber && Conversion.TryParseFloat(digits, out double number) && double.IsFinite(number) && digits.IndexOf('_') >= 0)
        {
            digits = digits.ToString().Replace("_", string.Empty, StringComparison.Ordinal);
        }

        if (decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out decimal exact))
        {
            return HostDecimal.Of(context, exact);
        }

        throw Conversion.TryParseFloat(digits, out double large) && double.IsFinite(large) ? TooLarge()
            : Throw.ValueError($"decimal: \"{Shown(text)}\" is no number; write digits with a point, as in \"1.10\"");
    }

    private static string Shown(ScriptString text) =>
        text.Length <= MaxShown ? text.ToString() : string.Concat(text.Span[..MaxShown], "…");

    private static ScriptErrorException TooLarge() =>
        Throw.ValueError("decimal: the number is too large; a decimal has at most 28 digits before its point");
}
