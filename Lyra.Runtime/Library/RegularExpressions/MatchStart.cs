using System;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>Finds the positions at which a match of a pattern can begin.</summary>
internal sealed class MatchStart
{
    /// <summary>The units after which limits are checked.</summary>
    private const int Stretch = 8192;

    private readonly Rule _rule;
    private readonly string _prefix;
    private readonly CharacterSet? _first;

    private MatchStart(Rule rule, string prefix, CharacterSet? first)
    {
        _rule = rule;
        _prefix = prefix;
        _first = first;
    }

    private enum Rule : byte
    {
        Anywhere,

        /// <summary>At the start of the text.</summary>
        Beginning,

        /// <summary>Where the search begins.</summary>
        SearchStart,

        /// <summary>Where the search begins, and at the start of a line.</summary>
        Line,

        /// <summary>At a fixed text.</summary>
        Prefix,

        /// <summary>At a unit of a set.</summary>
        First,
    }

    /// <param name="root">The tree of the pattern.</param>
    /// <param name="isPure">Whether what a part of the pattern matches depends only on the text and the position.</param>
    public static MatchStart Of(PatternNode root, bool isPure)
    {
        PatternNode node = root;
        while (node.Kind is PatternNodeKind.Group or PatternNodeKind.Capture or PatternNodeKind.Atomic
            || (node.Kind == PatternNodeKind.Sequence && node.Children.Count > 0))
        {
            node = node.Children[0];
        }

        switch (node.Kind)
        {
            case PatternNodeKind.Beginning:
                return new MatchStart(Rule.Beginning, string.Empty, null);
            case PatternNodeKind.SearchStart:
                return new MatchStart(Rule.SearchStart, string.Empty, null);
            case PatternNodeKind.Text:
                return new MatchStart(Rule.Prefix, node.Text, null);
            case PatternNodeKind.Loop when isPure && node is { Min: 0, Max: int.MaxValue } && node.Children[0].Set is { } set
                && (set == CharacterSet.All || set == CharacterSet.NotNewline):
                // If no match begins where this loop begins, none begins where it could have ended.
                return new MatchStart(set == CharacterSet.All ? Rule.SearchStart : Rule.Line, string.Empty, null);
        }

        FirstUnits units = new();
        return units.Add(root) && !units.IsEverything
            ? new MatchStart(Rule.First, string.Empty, units.Build())
            : new MatchStart(Rule.Anywhere, string.Empty, null);
    }

    /// <summary>The first position from one on at which a match can begin; -1 if there is none.</summary>
    /// <param name="context">The engine that is charged.</param>
    /// <param name="text">The text.</param>
    /// <param name="from">The first position that counts.</param>
    /// <param name="searchStart">Where the search began.</param>
    public int Next(ScriptContext context, string text, int from, int searchStart) => _rule switch
    {
        Rule.Anywhere => from,
        Rule.Beginning => from == 0 ? 0 : -1,
        Rule.SearchStart => from == searchStart ? from : -1,
        _ => Search(context, text, from, searchStart),
    };

    private int Search(ScriptContext context, string text, int from, int searchStart)
    {
        for (int start = from; start <= text.Length; start += Stretch)
        {
            int length = Math.Min(Stretch, text.Length - start);
            int found = Find(text, start, length, searchStart);
            context.Charge(1 + ((found < 0 ? length : found - start) >> 5));
            if (found >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    /// <summary>The first position within a stretch of the text; -1 if there is none.</summary>
    private int Find(string text, int start, int length, int searchStart)
    {
        ReadOnlySpan<char> stretch = text.AsSpan(start, length);
        int found;
        switch (_rule)
        {
            case Rule.Line when start == searchStart || text[start - 1] == '\n':
                return start;
            case Rule.Line:
                found = stretch.IndexOf('\n') + 1;
                return found > 0 ? start + found : -1;
            case Rule.Prefix:
                found = text.AsSpan(start, (int)Math.Min((long)length + _prefix.Length - 1, text.Length - start))
                    .IndexOf(_prefix, StringComparison.Ordinal);
                break;
            default:
                found = 0;
                while (found < stretch.Length && !_first!.Contains(stretch[found]))
                {
                    found++;
                }

                found = found < stretch.Length ? found : -1;
                break;
        }

        return found >= 0 ? start + found : -1;
    }
}
