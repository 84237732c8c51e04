using System.Globalization;
using System.Text;

namespace Lyra.Testing;

/// <summary>Text as it stands between the quotes of a str literal.</summary>
internal static class EscapedText
{
    public static string Of(string value)
    {
        StringBuilder text = new();
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool isPair = i + 1 < value.Length && char.IsSurrogatePair(c, value[i + 1]);
            if (isPair)
            {
                text.Append(c).Append(value[++i]);
            }
            else if (c == '$')
            {
                text.Append(i + 1 == value.Length || value[i + 1] == '{' ? "\\$" : "$");
            }
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '"' or '\\')
            {
                text.Append(Escape(c));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static string Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\t' => "\\t",
        '\r' => "\\r",
        '\0' => "\\0",
        '"' => "\\\"",
        '\\' => "\\\\",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}"),
    };
}
