using System.Text;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Regexes;

/// <summary>
/// Writes patterns of nested loops, many of whose bodies may match the empty text, and texts of few different code units. Such a loop ends
/// with an empty iteration, and what its matcher remembers depends on that and on the number of iterations.
/// </summary>
internal sealed class LoopPatterns(FuzzRandom random)
{
    private const int MaxDepth = 1;

    private static readonly string[] Atoms =
        ["a", "b", "a*", "b*", "a?", "b??", "a*?", "a+", "[ab]*", "[ab]+?", "a{2,}", "a{1,3}?", @"\w*", "ab", "", @"\b", "$", "c?", ".*"];

    private static readonly string[] Quantifiers =
        ["*", "*", "+", "*?", "+?", "?", "??", "{2,}", "{2,}?", "{2,3}", "{0,2}?", "{3}", "{1,2}", "{0,3}"];

    private readonly StringBuilder _pattern = new();

    /// <summary>Writes a pattern.</summary>
    public string Pattern()
    {
        _pattern.Clear();
        for (int i = random.Below(3); i > 0; i--)
        {
            _pattern.Append(random.PickFrom(Atoms));
        }

        Loop(MaxDepth);
        if (random.Chance(30))
        {
            Loop(0);
        }

        return _pattern.Append(random.Pick("", "b", "c", "c", "$", "[bc]", "a*c", "(c|b$)")).ToString();
    }

    /// <summary>Writes a text.</summary>
    public string Text()
    {
        StringBuilder text = new();
        for (int i = random.Below(7); i > 0; i--)
        {
            text.Append(random.Pick("a", "b", "ab", "aa", "aaa", "bb", "c", " "));
        }

        return text.ToString();
    }

    private void Loop(int depth)
    {
        _pattern.Append(random.Pick("(", "(?:", "(?:", "(?<n>"));
        Sequence(depth);
        for (int i = random.Below(3); i > 0; i--)
        {
            _pattern.Append('|');
            Sequence(depth);
        }

        _pattern.Append(')').Append(random.PickFrom(Quantifiers));
    }

    private void Sequence(int depth)
    {
        for (int i = random.Below(3); i >= 0; i--)
        {
            if (depth > 0 && random.Chance(40))
            {
                Loop(depth - 1);
            }
            else
            {
                _pattern.Append(random.PickFrom(Atoms));
            }
        }
    }
}
