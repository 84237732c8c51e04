using System;
using System.Globalization;
using System.Text;

namespace Lyra.Runtime.Semantics;

/// <summary>The text of floats: the shortest that parses to the same float, in the layout of Python's <c>repr</c>.</summary>
internal static class NumberText
{
    /// <summary>An upper bound for the length of a float's text.</summary>
    private const int MaxLength = 32;

    private const long MantissaMask = (1L << 52) - 1;

    /// <summary><c>1.0</c>, <c>0.0001</c>, <c>1e-05</c>, <c>1e+16</c>, <c>-0.0</c>, <c>inf</c>, <c>nan</c>.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        string sign = double.IsNegative(value) ? "-" : string.Empty;
        if (value == 0)
        {
            return sign + "0.0";
        }

        Span<char> bcl = stackalloc char[MaxLength];
        int length = FormatShortest(Math.Abs(value), bcl);
        Span<char> digits = stackalloc char[MaxLength];
        int count = ReadDigits(bcl[..length], digits, out int point);
        StringBuilder text = new(sign, MaxLength);
        return (point is > -4 and <= 16 ? Fixed(text, digits[..count], point) : Scientific(text, digits[..count], point - 1)).ToString();
    }

    /// <summary>
    /// The shortest digits that parse to the same float, in a BCL layout. For some powers of two, whose lower neighbour is nearer than the
    /// upper, the BCL's "R" is one digit too short (.NET 10: 2 ** -25 and 2 ** -958); then 17 digits are the shortest.
    /// </summary>
    private static int FormatShortest(double value, Span<char> target)
    {
        value.TryFormat(target, out int length, "R", CultureInfo.InvariantCulture);
        bool isPowerOfTwo = (BitConverter.DoubleToInt64Bits(value) & MantissaMask) == 0;
        if (isPowerOfTwo && double.Parse(target[..length], NumberStyles.Float, CultureInfo.InvariantCulture) != value)
        {
            value.TryFormat(target, out length, "E16", CultureInfo.InvariantCulture);
        }

        return length;
    }

    /// <summary>
    /// Extracts the significant digits d1 d2 d3 … from a positive number in a BCL layout, and returns their count. The number is 0.d1d2d3…
    /// times 10 to the power of <paramref name="point"/>.
    /// </summary>
    private static int ReadDigits(ReadOnlySpan<char> number, Span<char> digits, out int point)
    {
        int exponentAt = number.IndexOf('E');
        ReadOnlySpan<char> mantissa = exponentAt < 0 ? number : number[..exponentAt];
        int exponent = exponentAt < 0 ? 0
            : int.Parse(number[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int dot = mantissa.IndexOf('.');
        point = (dot < 0 ? mantissa.Length : dot) + exponent;
        int count = 0;
        foreach (char unit in mantissa)
        {
            if (unit == '0' && count == 0)
            {
                point--;
            }
            else if (unit != '.')
            {
                digits[count++] = unit;
            }
        }

        return digits[..count].TrimEnd('0').Length;
    }

    private static StringBuilder Fixed(StringBuilder text, ReadOnlySpan<char> digits, int point)
    {
        if (point <= 0)
        {
            return text.Append("0.").Append('0', -point).Append(digits);
        }

        if (point >= digits.Length)
        {
            return text.Append(digits).Append('0', point - digits.Length).Append(".0");
        }

        return text.Append(digits[..point]).Append('.').Append(digits[point..]);
    }

    private static StringBuilder Scientific(StringBuilder text, ReadOnlySpan<char> digits, int exponent)
    {
        text.Append(digits[0]);
        if (digits.Length > 1)
        {
            text.Append('.').Append(digits[1..]);
        }

        text.Append('e').Append(exponent < 0 ? '-' : '+');
        int size = Math.Abs(exponent);
        return size < 10 ? text.Append('0').Append(size) : text.Append(size);
    }
}
