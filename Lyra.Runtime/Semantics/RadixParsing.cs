using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>Ints as text with digits of a given base.</summary>
internal static class RadixParsing
{
    /// <summary>So many digits of any base fit in 64 bits.</summary>
    private const int ShortDigits = 12;

    /// <summary>
    /// Parses a str: white space around it, a sign, the prefix of the base (<c>0x 0o 0b</c>), and digits and letters of the base.
    /// </summary>
    /// <exception cref="ScriptErrorException">ValueError for a base outside 2 to 36, and for other text.</exception>
    public static Value Parse(ScriptContext context, ScriptString source, long radix)
    {
        if (radix is < 2 or > 36)
        {
            throw Throw.ValueError($"toint: the base must be 2 to 36, but is {radix}");
        }

        ReadOnlySpan<char> text = source.Span;
        text = text[TextSearch.Trimmed(context, text)];
        bool isNegative = text is ['-', ..];
        text = text is ['-' or '+', ..] ? text[1..] : text;
        text = HasPrefix(text, radix) ? text[2..] : text;
        if (text.IsEmpty)
        {
            throw Conversion.NotANumber(source, $"an int of base {radix}");
        }

        // Each digit of a long number is multiplied into all digits before it.
        context.Charge((text.Length >> 2) + ((long)text.Length * text.Length >> 8));
        context.ChargeMemory(text.Length);
        long small = 0;
        BigInteger large = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = DigitOf(text[i]);
            if (digit >= radix)
            {
                throw Conversion.NotANumber(source, $"an int of base {radix}");
            }

            if (text.Length <= ShortDigits)
            {
                small = small * radix + digit;
            }
            else
            {
                large = large * radix + digit;
                Pieces.Look(context, i);
            }
        }

        BigInteger value = text.Length <= ShortDigits ? small : large;
        return Value.FromBig(isNegative ? -value : value);
    }

    private static bool HasPrefix(ReadOnlySpan<char> text, long radix) => text is ['0', var letter, _, ..] && (letter | 0x20) switch
    {
        'x' => radix == 16,
        'o' => radix == 8,
        'b' => radix == 2,
        _ => false,
    };

    private static int DigitOf(char c) =>
        char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : int.MaxValue;
}
