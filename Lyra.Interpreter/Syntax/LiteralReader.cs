using System;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Lyra.Interpreter.Syntax;

/// <summary>Reads the values of number and string tokens in which the lexer has found no error.</summary>
internal static class LiteralReader
{
    private const string BlockQuotes = "\"\"\"";

    public static BigInteger ReadInt(ReadOnlySpan<char> text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long small))
        {
            return small;
        }

        string digits = WithoutUnderscores(text);
        return (text.Length > 1 ? text[1] | 0x20 : 0) switch
        {
            'x' => BigInteger.Parse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            'b' => BigInteger.Parse("0" + digits[2..], NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture),
            'o' => BigInteger.Parse("0" + OctalToBinary(digits.AsSpan(2)), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture),
            _ => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
        };
    }

    public static double ReadFloat(ReadOnlySpan<char> text) =>
        double.Parse(WithoutUnderscores(text), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Whether the text of a number token is that of a decimal, which ends in <c>d</c>.</summary>
    public static bool IsDecimal(ReadOnlySpan<char> text) => text[^1] == 'd' && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the token of a decimal; false if its number is too large.</summary>
    public static bool TryReadDecimal(ReadOnlySpan<char> text, out decimal value) =>
        decimal.TryParse(WithoutUnderscores(text[..^1]), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>The value of a string literal in one token: <c>"…"</c>, <c>r"…"</c>, <c>"""…"""</c> or <c>r"""…"""</c>.</summary>
    public static string ReadString(ReadOnlySpan<char> token)
    {
        bool isRaw = token[0] == 'r';
        ReadOnlySpan<char> quoted = isRaw ? token[1..] : token;
        bool isBlock = IsBlock(quoted);
        int quotes = isBlock ? BlockQuotes.Length : 1;
        ReadOnlySpan<char> body = quoted[quotes..^quotes];
        string text = isBlock ? BlockText.Dedent([body.ToString()])[0] : body.ToString();
        return isRaw ? text : Unescape(text);
    }

    /// <summary>Whether a string token, or the first piece of an interpolated string, is in triple quotes.</summary>
    public static bool IsBlock(ReadOnlySpan<char> token) => token.StartsWith(BlockQuotes);

    public static string Unescape(string text)
    {
        int next = text.IndexOf('\\', StringComparison.Ordinal);
        if (next < 0)
        {
            return text;
        }

        StringBuilder result = new(text.Length);
        int done = 0;
        for (; next >= 0; next = text.IndexOf('\\', done))
        {
            result.Append(text, done, next - done);
            done = next + AppendEscape(result, text.AsSpan(next));
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Appends the characters that an escape denotes; returns the length of the escape.</summary>
    private static int AppendEscape(StringBuilder result, ReadOnlySpan<char> escape)
    {
        if (escape.Length == 1 || escape[1] == '\n')
        {
            // The line goes on in the next one. Before closing quotes of their own line, that newline is gone already.
            return escape.Length == 1 ? 1 : 2;
        }

        if (escape[1] == 'u')
        {
            int end = escape.IndexOf('}');
            int code = int.Parse(escape[3..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (code < 0x10000)
            {
                result.Append((char)code);
            }
            else
            {
                result.Append(char.ConvertFromUtf32(code));
            }

            return end + 1;
        }

        result.Append(escape[1] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', char c => c });
        return 2;
    }

    private static string OctalToBinary(ReadOnlySpan<char> digits)
    {
        StringBuilder binary = new(digits.Length * 3);
        foreach (char c in digits)
        {
            int digit = c - '0';
            binary.Append((char)('0' + (digit >> 2))).Append((char)('0' + (digit >> 1 & 1))).Append((char)('0' + (digit & 1)));
        }

        return binary.ToString();
    }

    private static string WithoutUnderscores(ReadOnlySpan<char> text)
    {
        string result = text.ToString();
        return text.Contains('_') ? result.Replace("_", "", StringComparison.Ordinal) : result;
    }
}
