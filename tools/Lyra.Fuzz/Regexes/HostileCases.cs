using System.Linq;
using System.Text;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Regexes;

/// <summary>
/// Writes patterns, texts and replacements that take as much time and memory as they can: deep nesting, long classes, high counts, nested
/// quantifiers, many groups, and texts of up to a million code units.
/// </summary>
internal sealed class HostileCases(FuzzRandom random, PatternGenerator small)
{
    private const int MaxPattern = 200_000;

    public RegexCase Create() => new(Pattern(), Text(), Replacement(), true);

    private string Pattern() => random.Below(10) switch
    {
        0 => Nested(),
        1 => LongClass(),
        2 => Repeated(random.Pick("(a)", "(?<n>a)", "a|", "(?:a|b)*", @"\w+", "[a-c]?", @"\1", "(?=a)", "(?i)K", @"\p{IsGreek}",
            "[^b]*", @"(?i)[\0-\uffff]", @"[\w-[\d]]", @"\.", "a{0,9}", "(?>a*)", "(?<a-a>b)", "(?(1)a|b)", "#", "(?#x)")),
        3 or 4 => Counted(),
        5 or 6 => Backtracking(),
        7 => Repeated(small.Pattern()),
        8 => Words(),
        _ => small.GroupOpening() + Counted() + ")" + small.Quantifier() + Backtracking(),
    };

    /// <summary>A length between 1 and the most that is sensible, where short and long ones are equally likely.</summary>
    private int Length(int most) => random.Between(1, 1 << random.Between(1, System.Numerics.BitOperations.Log2((uint)most)));

    private string Nested()
    {
        int depth = Length(70_000);
        (string open, string close) = random.Below(6) switch
        {
            0 => ("[a-", "]"),
            1 => ("(?<=", ")"),
            2 => ("(?(?=a)", ")"),
            3 => ("(?i:(", "))*"),
            4 => ("(", "){0,3}"),
            _ => (small.GroupOpening(), ")" + small.Quantifier()),
        };
        return Cut(Many(open, depth) + random.Pick("a", "[b]", "b*", "") + Many(close, depth));
    }

    private string LongClass()
    {
        StringBuilder set = new(random.Pick("[", "[^", "(?i)[", "(?i)[^"));
        int step = random.Between(1, 40);
        int count = Length(60_000);
        for (int i = 0; i < count && set.Length < MaxPattern; i++)
        {
            char first = (char)(0x100 + (i * step % 0xF000));
            set.Append(first);
            if (random.Chance(50))
            {
                set.Append('-').Append((char)(first + random.Below(40)));
            }
        }

        return Cut(set.Append(']').Append(small.Quantifier()).Append(random.Pick("", "b", "$")).ToString());
    }

    private string Repeated(string part) => Cut(random.Pick("", "(", "(?i)") + Many(part, Length(65_000))
        + random.Pick("", "", ")*", "){1,1000}", "$"));

    /// <summary>Nested counts, whose product may be astronomical.</summary>
    private string Counted()
    {
        string pattern = random.Pick("a", "a?", "(a)", "(?:a|b)", "a*", "", "(a?)", ".", "[ab]", "(?=a)", @"\b");
        for (int i = random.Between(1, 6); i > 0; i--)
        {
            int high = Length(2_000_000_000);
            pattern = random.Pick("(?:", "(", "(?>") + pattern + ")" + random.Pick($"{{{high}}}", $"{{0,{high}}}", $"{{{high},}}", "*", "+",
                $"{{1,{high}}}?", "*?");
        }

        return pattern + random.Pick("", "b", "c", "$");
    }

    /// <summary>Quantifiers over the same code units, so that a failing search has exponentially many paths.</summary>
    private string Backtracking()
    {
        string body = random.Pick("a+", "a*", "(a|aa)", "(a|a)", "(?:a|b|ab)", "(.*)", @"(\w+\s?)", "a?", "(a*)*", "(?:a*?)*?", "[ab]*",
            ".*?");
        int nesting = random.Between(1, 4);
        string pattern = body;
        for (int i = 0; i < nesting; i++)
        {
            pattern = random.Pick("(", "(?:") + pattern + (random.Chance(30) ? random.Pick("|a", "|b*", "|", body) : "") + ")"
                + random.Pick("*", "+", "*?", "+?", "{2,}", "{1,30}");
        }

        string end = random.Pick("$", "c", @"\1c", @"(?=c)", "(?!)", @"\b\B", "[^ab]x", @"\k<1>$", "(?<=c)");
        return random.Pick("^", "", "(?=", "(?<!", "(?s)", "(?i)") is var start && start.StartsWith("(?", System.StringComparison.Ordinal)
            && start.Length <= 4 && !start.EndsWith(')')
            ? start + pattern + end + ")"
            : start + pattern + end;
    }

    private string Words() => Cut(string.Join('|', Enumerable.Range(0, Length(20_000)).Select(_ => Many(random.Pick("a", "b", "ab"), random
        .Between(1, 6)))) + random.Pick("", "c"));

    private string Text()
    {
        string part = random.Pick("a", "a", "ab", "aab", "a b", "K", "\u212A", "\n", "α", small.Text(), small.Text());
        return Many(part, Length(random.Chance(30) ? 1_000_000 : 4_000)) + random.Pick("", "!", "b", "c", "\n");
    }

    private string Replacement() => Many(random.Pick("$_", "$&", "$1", "$`", "x", "$", "${a}", small.Replacement()),
        Length(random.Chance(30)
        ? 20_000
        : 10));

    private static string Many(string part, int count) =>
        part.Length * (long)count > 2_000_000 ? Many(part, 2_000_000 / part.Length) : string.Concat(Enumerable.Repeat(part, count));

    private static string Cut(string pattern) => pattern.Length <= MaxPattern ? pattern : pattern[..MaxPattern];
}
