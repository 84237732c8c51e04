using System;
using System.Globalization;
using System.Numerics;
using System.Text;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Disassembly;

/// <summary>Formats names, texts and constants for assembly text. <c>AssemblyLine</c> reads the same forms.</summary>
internal static class AssemblyText
{
    /// <summary>A name, in quotes if it could be mistaken for something else.</summary>
    public static string Name(string name) => IsPlain(name) ? name : Quote(name);

    /// <summary>Whether a character may stand in a name without quotes.</summary>
    public static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '<' or '>' or '.' or '-' or '+';

    public static string Quote(string text)
    {
        StringBuilder result = new(text.Length + 2);
        result.Append('"');
        foreach (char c in text)
        {
            AppendEscaped(result, c);
        }

        return result.Append('"').ToString();
    }

    /// <summary>A constant as a literal from which the same bits are read back.</summary>
    public static string Literal(in Value value) => value.Ref switch
    {
        null => "nil",
        ScriptString s => Quote(s.Text),
        BigInt big => big.Value.ToString(CultureInfo.InvariantCulture),
        HostObject<decimal> exact => exact.Value.ToString(CultureInfo.InvariantCulture) + "d",
        TupleObject tuple => $"({string.Join(", ", Array.ConvertAll(tuple.Items.ToArray(), item => Literal(item)))})",
        _ when value.IsInt => value.AsInt.ToString(CultureInfo.InvariantCulture),
        _ when value.IsFloat => Float(value.AsFloat),
        _ when value.IsBool => value.AsBool ? "true" : "false",
        _ => $"<{Errors.Throw.TypeName(value)}>",
    };

    /// <summary>A constant for a comment, truncated if it is long.</summary>
    public static string ShortLiteral(in Value value)
    {
        const int LongestText = 40;
        if (value.Ref is ScriptString s && s.Length > LongestText)
        {
            return Quote(s.Text[..LongestText]) + "…";
        }

        if (value.Ref is BigInt big && big.Value.GetBitLength() > 256)
        {
            return $"an int of {big.Value.GetBitLength()} bits";
        }

        return value.Ref is TupleObject tuple ? $"a tuple of {tuple.Count}" : Literal(value);
    }

    /// <summary>Parses a number in the form that <see cref="Literal"/> writes; false if the text is not a number.</summary>
    public static bool TryParseNumber(string text, out Value value)
    {
        value = default;
        if (text.StartsWith("nan<", StringComparison.Ordinal) && text.EndsWith('>'))
        {
            ReadOnlySpan<char> digits = text.AsSpan(4, text.Length - 5);
            bool isBits = long.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long bits);
            value = Value.FromFloat(BitConverter.Int64BitsToDouble(bits));
            return isBits && double.IsNaN(value.AsFloat);
        }

        if (text is "inf" or "-inf")
        {
            value = Value.FromFloat(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
            return true;
        }

        if (text.EndsWith('d'))
        {
            ReadOnlySpan<char> digits = text.AsSpan(0, text.Length - 1);
            bool isExact = decimal.TryParse(digits, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal exact);
            value = HostDecimal.Constant(exact);
            return isExact;
        }

        if (text.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            bool isFloat = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
            value = Value.FromFloat(number);
            return isFloat && double.IsFinite(number);
        }

        bool isInt = BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer);
        value = Value.FromBig(integer);
        return isInt;
    }

    private static string Float(double number)
    {
        if (double.IsNaN(number))
        {
            return string.Create(CultureInfo.InvariantCulture, $"nan<{BitConverter.DoubleToInt64Bits(number):x16}>");
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "inf" : "-inf";
        }

        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static bool IsPlain(string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] is '_' or '<'))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!IsNameCharacter(c))
            {
                return false;
            }
        }

        return true;
    }

    private static void AppendEscaped(StringBuilder result, char c)
    {
        switch (c)
        {
            case '"' or '\\':
                result.Append('\\').Append(c);
                break;
            case '\n':
                result.Append("\\n");
                break;
            case '\r':
                result.Append("\\r");
                break;
            case '\t':
                result.Append("\\t");
                break;
            case var _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF':
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
                break;
            default:
                result.Append(c);
                break;
        }
    }
}
