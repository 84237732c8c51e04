using System.Globalization;
using System.Text;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Regexes;

/// <summary>
/// Writes small patterns, texts that they may match, and replacements. Most patterns are valid; every construct of .NET's syntax occurs.
/// </summary>
internal sealed class PatternGenerator(FuzzRandom random)
{
    private const int MaxDepth = 4;

    private static readonly string[] Atoms =
    [
        "a", "b", "a", "b", "c", "ab", "ba", ".", @"\w", @"\W", @"\d", @"\D", @"\s", @"\S", "^", "$", @"\b", @"\B", @"\A", @"\Z", @"\z",
        @"\G", @"\n", @"\t", @"\x61", @"\u0062", @"\141", @"\0", @"\ca", @"\e", @"\.", @"\-", " ", "#", "é", "K", "ſ", "\u212A", "_",
        @"\p{L}", @"\P{Lu}", @"\p{Lu}", @"\p{IsGreek}", @"\P{IsBasicLatin}", @"\p{N}", "k", "1", "-", "}", "{", "{,2}", "]", "",
    ];

    private static readonly string[] ClassParts =
    [
        "a", "b", "a-c", "A-Z", "0-9", @"\d", @"\D", @"\w", @"\W", @"\s", @"\S", @"\p{Lu}", @"\P{Ll}", @"\p{IsGreek}", @"\P{IsBasicLatin}",
        "-", "^", @"\]", @"\-", @"\b", @"\n", "é", "α-ω", "K", "k", "ſ", "\u212A", "_", "]", "[", " ", "a-", "--a", @"\x00-\x7f", "c-a",
    ];

    private static readonly string[] Quantifiers =
        ["*", "+", "?", "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0}", "{1}", "{0,1}", "{,2}", "{2,1}", "{3,4}", "{0,}"];

    private static readonly string[] Replacements =
        ["$1", "$2$1", "$0", "$&", "$`", "$'", "$+", "$_", "$$", "$", "${a}", "${b}", "${1}", "${", "${x}", "$10", "x", "-", "$a", "}",
            "$99999999999"];

    private static readonly string[] TextParts =
        ["a", "b", "a", "b", "ab", "c", "aab", "A", "B", "1", "_", " ", "\n", "-", ".", "é", "É", "α", "Σ", "k", "K", "\u212A", "s", "ſ",
            "i", "İ", "ı", "\r", "\t", "\ud83d", "\u200d", "\0", "]", "{", "#"];

    private readonly StringBuilder _pattern = new();

    /// <summary>Writes a pattern.</summary>
    public string Pattern()
    {
        _pattern.Clear();
        if (random.Chance(15))
        {
            _pattern.Append(random.Pick("(?i)", "(?m)", "(?s)", "(?x)", "(?n)", "(?is)", "(?xi-s)"));
        }

        Alternation(MaxDepth);
        return random.Chance(12) ? Damaged(_pattern.ToString()) : _pattern.ToString();
    }

    public string Text()
    {
        StringBuilder text = new();
        int length = random.Below(random.Chance(10) ? 60 : 14);
        bool isSimple = random.Chance(50);
        for (int i = 0; i < length; i++)
        {
            text.Append(isSimple ? random.Pick("a", "b", "ab") : random.PickFrom(TextParts));
        }

        return text.ToString();
    }

    public string Replacement()
    {
        StringBuilder replacement = new();
        for (int i = random.Below(4); i > 0; i--)
        {
            replacement.Append(random.PickFrom(Replacements));
        }

        return replacement.ToString();
    }

    /// <summary>Writes a group around what an action writes; for repetition of hostile patterns.</summary>
    public string GroupOpening() => random.Pick(
        "(", "(", "(?:", "(?:", "(?>", "(?=", "(?!", "(?<=", "(?<!", "(?<a>", "(?<b>", "(?'a'", "(?<1>", "(?<5>", "(?<b-a>", "(?<-a>",
        "(?<a-1>", "(?i:", "(?s-i:", "(?m:", "(?x: ", "(?n:", "(?(1)", "(?(a)", "(?(?=a)", "(?(?<!b)", "(?(ab)", "(?#c)(", "(?i)(",
        "(?<2-1>");

    public string Quantifier() => random.PickFrom(Quantifiers) + random.Pick("", "", "", "?");

    public string Class(int depth)
    {
        StringBuilder set = new(random.Chance(25) ? "[^" : "[");
        for (int i = random.Between(1, 4); i > 0; i--)
        {
            set.Append(random.PickFrom(ClassParts));
        }

        if (depth > 0 && random.Chance(15))
        {
            set.Append('-').Append(Class(depth - 1));
        }

        return set.Append(']').ToString();
    }

    private void Alternation(int depth)
    {
        Sequence(depth);
        while (random.Chance(20))
        {
            _pattern.Append('|');
            Sequence(depth);
        }
    }

    private void Sequence(int depth)
    {
        for (int i = random.Below(5); i > 0; i--)
        {
            Unit(depth);
            if (random.Chance(35))
            {
                _pattern.Append(Quantifier());
            }
        }
    }

    private void Unit(int depth)
    {
        int choice = random.Below(100);
        if (depth > 0 && choice < 35)
        {
            _pattern.Append(GroupOpening());
            Alternation(depth - 1);
            _pattern.Append(')');
        }
        else if (choice < 45)
        {
            _pattern.Append(Class(2));
        }
        else if (choice < 53)
        {
            _pattern.Append(random.Pick(@"\1", @"\2", @"\k<a>", @"\k'b'", @"\k<1>", @"\<a>", @"\10", @"\8", @"\k<5>"));
        }
        else if (choice < 55)
        {
            _pattern.Append(random.Pick("(?i)", "(?-i)", "(?m)", "(?s)", "(?x)", "(?-x)", "(?n)", "(?#c)", "#\n"));
        }
        else
        {
            _pattern.Append(random.PickFrom(Atoms));
        }
    }

    /// <summary>Removes, repeats or inserts some code units, mostly so that the pattern is invalid.</summary>
    private string Damaged(string pattern)
    {
        StringBuilder damaged = new(pattern);
        for (int i = random.Between(1, 3); i > 0; i--)
        {
            int at = random.Below(damaged.Length + 1);
            if (at < damaged.Length && random.Chance(50))
            {
                damaged.Remove(at, 1);
            }
            else
            {
                damaged.Insert(at, random.Pick("(", ")", "[", "]", "\\", "{", "}", "?", "*", "+", "|", "-", "^", "<", ">", "'", "=", "!",
                    "#", ":", "k", "p", "x", "u", "c", "0", "1", "9", ",", "99999999999", "\0", ((char)random.Below(0x10000)).ToString(
                        CultureInfo.InvariantCulture)));
            }
        }

        return damaged.ToString();
    }
}
