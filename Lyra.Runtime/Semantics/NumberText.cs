using System;
using System.Globalization;

namespace Lyra.Runtime.Semantics;

/// <summary>The text of floats: the shortest that parses to the same float, in the layout of Python's <c>repr</c>.</summary>
internal static class NumberText
{
    /// <summary>An upper bound for the length of a float's text.</summary>
    public const int MaxLength = 32;

    private const long MantissaMask = (1L << 52) - 1;

    /// <summary>The digits behind the point, at most, of the numbers that <see cref="TryWriteExact"/> writes.</summary>
    private const int ExactDigits = 4;

    /// <summary>Ten to the power of <see cref="ExactDigits"/>.</summary>
    private const int ExactScale = 10_000;

    /// <summary><c>1.0</c>, <c>0.0001</c>, <c>1e-05</c>, <c>1e+16</c>, <c>-0.0</c>, <c>inf</c>, <c>nan</c>.</summary>
    public static string Of(double value)
    {
        Span<char> text = stackalloc char[MaxLength];
        return new string(text[..Write(value, text)]);
    }

    /// <summary>As <see cref="Of"/>, at the start of a span of <see cref="MaxLength"/> code units.</summary>
    /// <returns>The length of the text.</returns>
    public static int Write(double value, Span<char> target)
    {
        TextWriter text = new(target);
        if (double.IsNaN(value))
        {
            text.Add("nan");
            return text.Length;
        }

        if (double.IsNegative(value))
        {
            text.Add('-');
        }

        double magnitude = Math.Abs(value);
        if (double.IsInfinity(value))
        {
            text.Add("inf");
        }
        else if (!TryWriteExact(ref text, magnitude))
        {
            WriteShortest(ref text, magnitude);
        }

        return text.Length;
    }

    /// <summary>
    /// Writes a number with at most four digits behind the point and fifteen in all. Two such numbers are never the same float, so there
    /// is no shorter text; the division that tells is one of exact floats and rounds correctly.
    /// </summary>
    private static bool TryWriteExact(ref TextWriter text, double magnitude)
    {
        if (magnitude >= 1e11 || (magnitude < 1e-4 && magnitude != 0))
        {
            return false;
        }

        long scaled = (long)Math.Round(magnitude * ExactScale);
        if (scaled / (double)ExactScale != magnitude)
        {
            return false;
        }

        (long whole, long fraction) = Math.DivRem(scaled, ExactScale);
        text.Add(whole);
        text.Add('.');
        int digits = ExactDigits;
        while (digits > 1 && fraction % 10 == 0)
        {
            fraction /= 10;
            digits--;
        }

        text.Add(fraction, digits);
        return true;
    }

    private static void WriteShortest(ref TextWriter text, double magnitude)
    {
        Span<char> bcl = stackalloc char[MaxLength];
        int length = FormatShortest(magnitude, bcl);
        Span<char> digits = stackalloc char[MaxLength];
        int count = ReadDigits(bcl[..length], digits, out int point);
        if (point is > -4 and <= 16)
        {
            WriteFixed(ref text, digits[..count], point);
        }
        else
        {
            WriteScientific(ref text, digits[..count], point - 1);
        }
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

    private static void WriteFixed(ref TextWriter text, scoped ReadOnlySpan<char> digits, int point)
    {
        if (point <= 0)
        {
            text.Add("0.");
            text.AddZeros(-point);
            text.Add(digits);
        }
        else if (point >= digits.Length)
        {
            text.Add(digits);
            text.AddZeros(point - digits.Length);
            text.Add(".0");
        }
        else
        {
            text.Add(digits[..point]);
            text.Add('.');
            text.Add(digits[point..]);
        }
    }

    private static void WriteScientific(ref TextWriter text, scoped ReadOnlySpan<char> digits, int exponent)
    {
        text.Add(digits[0]);
        if (digits.Length > 1)
        {
            text.Add('.');
            text.Add(digits[1..]);
        }

        text.Add('e');
        text.Add(exponent < 0 ? '-' : '+');
        text.Add(Math.Abs(exponent), 2);
    }

    /// <summary>Writes into a span that is long enough.</summary>
    private ref struct TextWriter(Span<char> target)
    {
        private readonly Span<char> _target = target;

        public int Length { get; private set; }

        public void Add(char unit) => _target[Length++] = unit;

        public void Add(scoped ReadOnlySpan<char> units)
        {
            units.CopyTo(_target[Length..]);
            Length += units.Length;
        }

        public void AddZeros(int count)
        {
            _target.Slice(Length, count).Fill('0');
            Length += count;
        }

        public void Add(long number)
        {
            number.TryFormat(_target[Length..], out int written, default, CultureInfo.InvariantCulture);
            Length += written;
        }

        /// <summary>Adds a number with zeros in front, if it has fewer digits.</summary>
        public void Add(long number, int digits)
        {
            long rest = number;
            int length = 0;
            while (rest > 0 || length < digits)
            {
                rest /= 10;
                length++;
            }

            for (int i = Length + length - 1; i >= Length; i--)
            {
                _target[i] = (char)('0' + (number % 10));
                number /= 10;
            }

            Length += length;
        }
    }
}
