using System;
using System.Globalization;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>Conversions between numbers, and from text to numbers.</summary>
internal static class Conversion
{
    /// <summary>The longest text that an error message quotes in full, in code units.</summary>
    private const int MaxQuoted = 40;

    /// <summary>Digits that a float holds exactly, whatever they are.</summary>
    private const int MaxPlain = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>The builtin <c>toint</c>: truncates a float or decimal, converts a bool to 0 or 1, parses a str.</summary>
    /// <exception cref="ScriptErrorException">ValueError for text that is not an int and for NaN and infinities; TypeError for other
    /// values.</exception>
    public static Value ToInt(ScriptContext context, in Value value)
    {
        if (value.IsAnyInt)
        {
            return value;
        }

        if (value.IsFloat)
        {
            return FloatToInt(value.AsFloat);
        }

        if (value.Ref is ScriptString text)
        {
            return TryParseInt(context, text.Span, out Value result) ? result : throw NotANumber(text, "an int");
        }

        return value.IsBool ? Value.FromInt(value.Bits)
            : value.Ref is HostObject<decimal> exact ? Value.FromBig(new BigInteger(exact.Value))
            : throw Throw.TypeError($"toint takes a number, bool or str, not {Throw.TypeName(value)}");
    }

    /// <summary>
    /// The builtin <c>tofloat</c>: converts an int or decimal to the nearest float and a bool to 0.0 or 1.0, parses a str.
    /// </summary>
    /// <exception cref="ScriptErrorException">ValueError for text that is not a number; TypeError for other values.</exception>
    public static Value ToFloat(ScriptContext context, in Value value)
    {
        if (value.IsFloat)
        {
            return value;
        }

        if (value.IsAnyInt)
        {
            return Value.FromFloat(IntToFloat(value));
        }

        if (value.Ref is ScriptString text)
        {
            context.Charge(text.Length >> 3);
            return TryParseFloat(text.Span, out double result) ? Value.FromFloat(result) : throw NotANumber(text, "a float");
        }

        return value.IsBool ? Value.FromFloat(value.Bits)
            : value.Ref is HostObject<decimal> exact ? Value.FromFloat((double)exact.Value)
            : throw Throw.TypeError($"tofloat takes a number, bool or str, not {Throw.TypeName(value)}");
    }

    /// <summary>The decimal that equals an int; false if there is none.</summary>
    public static bool TryToDecimal(in BigInteger value, out decimal result)
    {
        bool fits = value.GetBitLength() <= 96;
        result = fits ? (decimal)value : 0;
        return fits;
    }

    /// <summary>The integral part of a float as an int.</summary>
    /// <exception cref="ScriptErrorException">ValueError for NaN and infinities.</exception>
    public static Value FloatToInt(double value)
    {
        if (value > -9223372036854775808.0 && value < 9223372036854775808.0)
        {
            return Value.FromInt((long)value);
        }

        return double.IsFinite(value)
            ? Value.FromBig(new BigInteger(value))
            : throw Throw.ValueError($"{NumberText.Of(value)} has no int value");
    }

    /// <summary>The float nearest to an int of any size, ties to even; infinity when it is too large.</summary>
    public static double IntToFloat(in Value anyInt) => anyInt.IsInt ? anyInt.AsInt : BigToFloat(anyInt.AsBig);

    /// <summary>
    /// The float nearest to an int, ties to even; infinity when it is too large. (BigInteger's own conversion truncates.) Only the top 64
    /// bits are converted, and the lowest of them is a sticky bit: it is set if any lower bit is. They are 11 bits more than the result
    /// keeps, so the single rounding takes every bit into account.
    /// </summary>
    public static double BigToFloat(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            return (long)value;
        }

        BigInteger magnitude = BigInteger.Abs(value);
        long shift = magnitude.GetBitLength() - 64;
        if (shift > 1024)
        {
            return value.Sign < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        ulong top = (ulong)(shift > 0 ? magnitude >> (int)shift : magnitude);
        if (shift > 0 && (long)(ulong)BigInteger.TrailingZeroCount(magnitude) < shift)
        {
            top |= 1;
        }

        double result = Math.ScaleB((double)top, (int)Math.Max(shift, 0));
        return value.Sign < 0 ? -result : result;
    }

    /// <summary>
    /// Parses an int: an optional sign, an optional prefix <c>0x</c>, <c>0b</c> or <c>0o</c>, and digits with any number of <c>_</c>
    /// between them; white space around it is ignored. False when the text is not an int. Charges time and memory for long texts.
    /// </summary>
    public static bool TryParseInt(ScriptContext context, ReadOnlySpan<char> text, out Value result)
    {
        if (TryParsePlain(text, out long whole, out int fraction) && fraction < 0)
        {
            context.Charge(text.Length >> 2);
            result = Value.FromInt(whole);
            return true;
        }

        result = default;
        text = text[TextSearch.Trimmed(context, text)];
        bool isNegative = text is ['-', ..];
        if (text is ['-' or '+', ..])
        {
            text = text[1..];
        }

        int radixBits = text is ['0', var letter, _, ..] ? (letter | 0x20) switch { 'x' => 4, 'o' => 3, 'b' => 1, _ => 0 } : 0;
        if (radixBits > 0)
        {
            text = text[2..].TrimStart('_');
        }

        context.Charge(text.Length >> 2);
        if (!AreDigits(text, radixBits))
        {
            return false;
        }

        if (text.Length <= 15 && !text.Contains('_'))
        {
            long small = ParseSmall(text, radixBits);
            result = Value.FromInt(isNegative ? -small : small);
            return true;
        }

        BigInteger value = ParseLong(context, text, radixBits);
        result = Value.FromBig(isNegative ? -value : value);
        return true;
    }

    /// <summary>
    /// Parses a float: an optional sign, decimal digits with any number of <c>_</c> between them, a fraction and an exponent, or
    /// <c>inf</c>, <c>infinity</c> or <c>nan</c>; white space around it is ignored. False when the text is not a float.
    /// </summary>
    public static bool TryParseFloat(ReadOnlySpan<char> text, out double result)
    {
        if (TryParsePlain(text, out long digits, out int fraction) && (digits != 0 || text[0] != '-'))
        {
            // Both are exact, and the division rounds correctly.
            result = fraction > 0 ? digits / PowersOfTen[fraction] : digits;
            return true;
        }

        text = text.Trim();
        if (text.Contains('_'))
        {
            if (!AreUnderscoresInside(text))
            {
                result = 0;
                return false;
            }

            text = text.ToString().Replace("_", string.Empty, StringComparison.Ordinal);
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        ReadOnlySpan<char> unsigned = text is ['-' or '+', ..] ? text[1..] : text;
        if (unsigned is [(>= '0' and <= '9') or '.', ..])
        {
            return double.TryParse(text, style, CultureInfo.InvariantCulture, out result);
        }

        bool isInfinity = unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase);
        result = isInfinity ? (text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity) : double.NaN;
        return isInfinity || unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Parses a number of at most <see cref="MaxPlain"/> digits, perhaps with a minus and a point between digits: most of those that
    /// scripts read.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number without its point.</param>
    /// <param name="fraction">The number of digits behind the point; -1 without one.</param>
    private static bool TryParsePlain(ReadOnlySpan<char> text, out long number, out int fraction)
    {
        number = 0;
        fraction = -1;
        bool isNegative = text is ['-', ..];
        ReadOnlySpan<char> rest = isNegative ? text[1..] : text;
        if (rest.Length is 0 or > MaxPlain + 1)
        {
            return false;
        }

        int count = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            uint digit = (uint)(rest[i] - '0');
            if (digit <= 9)
            {
                number = (number * 10) + digit;
                count++;
            }
            else if (rest[i] == '.' && i > 0 && i < rest.Length - 1 && fraction < 0)
            {
                fraction = rest.Length - 1 - i;
            }
            else
            {
                return false;
            }
        }

        number = isNegative ? -number : number;
        return count <= MaxPlain;
    }

    private static bool AreDigits(ReadOnlySpan<char> text, int radixBits)
    {
        if (text.Length == 0 || text[0] == '_' || text[^1] == '_')
        {
            return false;
        }

        int radix = radixBits == 0 ? 10 : 1 << radixBits;
        foreach (char unit in text)
        {
            if (unit != '_' && DigitOf(unit) >= radix)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreUnderscoresInside(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && (i == 0 || i == text.Length - 1 || !IsDigitOrBlank(text[i - 1]) || !IsDigitOrBlank(text[i + 1])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDigitOrBlank(char unit) => unit == '_' || char.IsAsciiDigit(unit);

    /// <summary>The value of a digit up to <c>f</c>; 16 for anything else.</summary>
    private static int DigitOf(char unit) => unit switch
    {
        >= '0' and <= '9' => unit - '0',
        >= 'a' and <= 'f' => unit - 'a' + 10,
        >= 'A' and <= 'F' => unit - 'A' + 10,
        _ => 16,
    };

    private static long ParseSmall(ReadOnlySpan<char> digits, int radixBits)
    {
        long value = 0;
        foreach (char unit in digits)
        {
            value = (radixBits == 0 ? value * 10 : value << radixBits) + DigitOf(unit);
        }

        return value;
    }

    private static BigInteger ParseLong(ScriptContext context, ReadOnlySpan<char> text, int radixBits)
    {
        using HeldMemory copies = new(context, 4L * text.Length);
        char[] buffer = new char[text.Length];
        int count = 0;
        foreach (char unit in text)
        {
            if (unit != '_')
            {
                buffer[count++] = unit;
            }
        }

        ReadOnlySpan<char> digits = buffer.AsSpan(0, count);
        return radixBits == 0 ? BigText.FromDecimal(context, digits) : FromBinary(context, digits, radixBits);
    }

    /// <summary>Parses digits whose base is a power of two: packs them into bytes, lowest digit first.</summary>
    private static BigInteger FromBinary(ScriptContext context, ReadOnlySpan<char> digits, int radixBits)
    {
        BigMath.Reserve(context, (long)digits.Length * radixBits);
        byte[] bytes = new byte[((long)digits.Length * radixBits / 8) + 1];
        int pending = 0;
        int pendingBits = 0;
        int count = 0;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            pending |= DigitOf(digits[i]) << pendingBits;
            pendingBits += radixBits;
            if (pendingBits >= 8)
            {
                bytes[count++] = (byte)pending;
                pending >>= 8;
                pendingBits -= 8;
            }
        }

        if (pending != 0)
        {
            bytes[count] = (byte)pending;
        }

        return new BigInteger(bytes, isUnsigned: true);
    }

    public static ScriptErrorException NotANumber(ScriptString text, string wanted)
    {
        string shown = text.Length <= MaxQuoted ? text.Text : string.Concat(text.Span[..MaxQuoted], "…");
        throw Throw.ValueError($"{Formatting.QuoteString(shown)} is not {wanted}");
    }
}
