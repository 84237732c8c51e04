using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>Finds the positions at which a match of a pattern can begin.</summary>
internal sealed class MatchStart
{
    /// <summary>The code units after which limits are checked.</summary>
    private const int Stretch = 8192;

    /// <summary>The most code units of a prefix, and the most prefixes.</summary>
    private const int MaxPrefix = 16;
    private const int MaxPrefixes = 64;

    /// <summary>The steps that preparing a search costs: for code units, and for each text.</summary>
    private const int StepsForUnits = 64;
    private const int StepsForText = 512;

    private readonly Rule _rule;
    private readonly UnitMask _mask;
    private readonly string _prefix = string.Empty;

    /// <summary>The code units below 128 of the mask, or those outside if it has others. Made when much text was searched.</summary>
    private SearchValues<char>? _units;

    /// <summary>The code units that were searched before <see cref="_units"/> were made; not exact if several threads search.</summary>
    private readonly int _minUnits = UnitSearch.MinUnits;
    private int _searched;

    private readonly List<string> _prefixes = [];
    private readonly StringComparison _comparison;
    private readonly int _longest;

    /// <summary>Searches for the prefixes. Made when much text was searched.</summary>
    private SearchValues<string>? _anyPrefix;

    private MatchStart(Rule rule) => _rule = rule;

    private MatchStart(string prefix)
    {
        _rule = Rule.Prefix;
        _prefix = prefix;
    }

    private MatchStart(List<string> prefixes, StringComparison comparison)
    {
        _rule = Rule.Prefixes;
        _prefixes = prefixes;
        _comparison = comparison;
        foreach (string prefix in prefixes)
        {
            _longest = Math.Max(_longest, prefix.Length);
        }
    }

    private MatchStart(in UnitMask mask)
    {
        _rule = Rule.Unit;
        _mask = mask;
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

        /// <summary>At the start of a line.</summary>
        LineStart,

        /// <summary>At a fixed text.</summary>
        Prefix,

        /// <summary>At one of several texts, or at a text regardless of case.</summary>
        Prefixes,

        /// <summary>At what a mask admits.</summary>
        Unit,
    }

    /// <summary>About the bytes of the object and of what it refers to.</summary>
    public long Bytes => _rule switch
    {
        Rule.Unit => 400,
        Rule.Prefixes => 8_000,
        Rule.Anywhere or Rule.Beginning or Rule.SearchStart or Rule.Line or Rule.LineStart or Rule.Prefix => 100,
    };

    /// <param name="root">The tree of the pattern.</param>
    /// <param name="isPure">Whether what a part of the pattern matches depends only on the text and the position.</param>
    /// <param name="memory">What is charged.</param>
    public static MatchStart Of(PatternNode root, bool isPure, PatternMemory memory)
    {
        List<PatternNode> parts = LeadingParts(root);
        foreach (PatternNode part in parts)
        {
            switch (part.Kind)
            {
                case PatternNodeKind.Beginning:
                    return new MatchStart(Rule.Beginning);
                case PatternNodeKind.SearchStart:
                    return new MatchStart(Rule.SearchStart);
                case PatternNodeKind.LineStart:
                    return new MatchStart(Rule.LineStart);
            }
        }

        PatternNode? first = parts.Count > 0 ? parts[^1] : null;
        if (isPure && parts is [{ Kind: PatternNodeKind.Loop, Min: 0, Max: int.MaxValue } loop] && loop.Children[0].Set is { } set
            && (set == CharacterSet.All || set == CharacterSet.NotNewline))
        {
            // If no match begins where this loop begins, none begins where it could have ended. An assertion before the loop would have
            // to hold at both.
            return new MatchStart(set == CharacterSet.All ? Rule.SearchStart : Rule.Line);
        }

        return OfPrefix(first, memory) ?? OfUnits(root, memory);
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
        Rule.Line or Rule.LineStart or Rule.Prefix or Rule.Prefixes or Rule.Unit => Search(context, text, from, searchStart),
    };

    /// <summary>The parts at which a match begins: some that match the empty text, then one that may not.</summary>
    private static List<PatternNode> LeadingParts(PatternNode root)
    {
        List<PatternNode> parts = [];
        PatternNode node = root;
        while (true)
        {
            if (node.Kind is PatternNodeKind.Group or PatternNodeKind.Capture or PatternNodeKind.Atomic)
            {
                node = node.Children[0];
                continue;
            }

            if (node.Kind != PatternNodeKind.Sequence)
            {
                parts.Add(node);
                return parts;
            }

            int skipped = node.Children.FindIndex(static child => child.Kind is not (PatternNodeKind.Boundary or PatternNodeKind.NoBoundary
                or PatternNodeKind.Look or PatternNodeKind.NegativeLook or PatternNodeKind.Empty));
            if (skipped < 0)
            {
                return [];
            }

            parts.AddRange(node.Children[..skipped]);
            if (node.Children[skipped].Kind is PatternNodeKind.Text or PatternNodeKind.Set)
            {
                // The prefix may go on in the following parts.
                parts.Add(new PatternNode(PatternNodeKind.Sequence, PatternOptions.None));
                parts[^1].Children.AddRange(node.Children[skipped..]);
                return parts;
            }

            node = node.Children[skipped];
        }
    }

    private static MatchStart? OfPrefix(PatternNode? first, PatternMemory memory)
    {
        if (first is not { Kind: PatternNodeKind.Sequence or PatternNodeKind.Alternation })
        {
            return null;
        }

        if (first.Kind == PatternNodeKind.Alternation)
        {
            return OfPrefixes(first.Children, memory);
        }

        string exact = PrefixOf(first, ignoresCase: false);
        if (exact.Length > 1 || (exact.Length == 1 && first.Children[0].Kind == PatternNodeKind.Text))
        {
            return new MatchStart(exact);
        }

        string inAnyCase = PrefixOf(first, ignoresCase: true);
        if (inAnyCase.Length < 2)
        {
            return null;
        }

        memory.Charge(StepsForText);
        return new MatchStart([inAnyCase], StringComparison.OrdinalIgnoreCase);
    }

    private static MatchStart? OfPrefixes(List<PatternNode> alternatives, PatternMemory memory)
    {
        if (alternatives.Count > MaxPrefixes)
        {
            return null;
        }

        List<string> prefixes = alternatives.ConvertAll(static alternative => PrefixOf(alternative, ignoresCase: false));
        if (!prefixes.TrueForAll(static prefix => prefix.Length > 1))
        {
            return null;
        }

        memory.Charge(StepsForText * prefixes.Count);
        return new MatchStart(prefixes, StringComparison.Ordinal);
    }

    /// <summary>The code units with which every match of a sequence begins; with ASCII letters in either case, in small letters.</summary>
    private static string PrefixOf(PatternNode node, bool ignoresCase)
    {
        string prefix = string.Empty;
        foreach (PatternNode part in node.Kind == PatternNodeKind.Sequence ? node.Children : [node])
        {
            if (part.Kind == PatternNodeKind.Text && (!ignoresCase || !char.IsAsciiLetter(part.Text[0])))
            {
                prefix += part.Text;
            }
            else if (ignoresCase && part.Set?.LetterInBothCases is { } letter and not '\0')
            {
                prefix += letter;
            }
            else
            {
                break;
            }

            if (prefix.Length >= MaxPrefix)
            {
                return prefix[..MaxPrefix];
            }
        }

        return prefix;
    }

    private static MatchStart OfUnits(PatternNode root, PatternMemory memory)
    {
        (UnitMask mask, bool mayPass) = root.First;
        if (mayPass || mask.IsEverything)
        {
            return new MatchStart(Rule.Anywhere);
        }

        memory.Charge(StepsForUnits);
        return new MatchStart(mask);
    }

    private int Search(ScriptContext context, string text, int from, int searchStart)
    {
        for (int start = from; start < text.Length; start += Stretch)
        {
            int length = Math.Min(Stretch, text.Length - start);
            int found = Find(text, start, length, searchStart);
            context.Charge(1 + ((found < 0 ? length : found - start) >> 5));
            if (found >= 0)
            {
                return found;
            }
        }

        return from <= text.Length && AdmitsEnd(text, searchStart) ? text.Length : -1;
    }

    private bool AdmitsEnd(string text, int searchStart) => _rule switch
    {
        Rule.Unit => _mask.HasEnd,
        Rule.Line => text.Length == searchStart || text[^1] == '\n',
        Rule.LineStart => text.Length == 0 || text[^1] == '\n',
        Rule.Anywhere or Rule.Beginning or Rule.SearchStart or Rule.Prefix or Rule.Prefixes => false,
    };

    /// <summary>The first position within a stretch of the text; -1 if there is none.</summary>
    private int Find(string text, int start, int length, int searchStart)
    {
        ReadOnlySpan<char> stretch = text.AsSpan(start, length);
        switch (_rule)
        {
            case Rule.Line when start == searchStart:
            case Rule.LineStart when start == 0:
            case Rule.Line or Rule.LineStart when text[start - 1] == '\n':
                return start;
            case Rule.Line or Rule.LineStart:
                int end = stretch.IndexOf('\n');
                return end >= 0 && end + 1 < length ? start + end + 1 : -1;
            case Rule.Prefix:
                int found = Extended(text, start, length, _prefix.Length).IndexOf(_prefix, StringComparison.Ordinal);
                return found >= 0 ? start + found : -1;
            case Rule.Prefixes:
                int any = FindPrefix(Extended(text, start, length, _longest), length);
                return any >= 0 && any < length ? start + any : -1;
            case Rule.Anywhere or Rule.Beginning or Rule.SearchStart or Rule.Unit:
                return FindUnit(stretch) is >= 0 and int unit ? start + unit : -1;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A stretch and what follows it, so that a text that begins within it can be found.</summary>
    private static ReadOnlySpan<char> Extended(string text, int start, int length, int prefix) =>
        text.AsSpan(start, (int)Math.Min((long)length + prefix - 1, text.Length - start));

    private int FindPrefix(ReadOnlySpan<char> text, int length)
    {
        if (_anyPrefix is null && (_searched += length * _prefixes.Count) < _minUnits)
        {
            return FindPrefixSlowly(text, length);
        }

        _anyPrefix ??= SearchValues.Create([.. _prefixes], _comparison);
        return text.IndexOfAny(_anyPrefix);
    }

    private int FindPrefixSlowly(ReadOnlySpan<char> text, int length)
    {
        for (int at = 0; at < length; at++)
        {
            foreach (string prefix in _prefixes)
            {
                if (text[at..].StartsWith(prefix, _comparison))
                {
                    return at;
                }
            }
        }

        return -1;
    }

    private int FindUnit(ReadOnlySpan<char> stretch)
    {
        if (_units is null && (_searched += stretch.Length) < _minUnits)
        {
            return FindUnitSlowly(stretch);
        }

        SearchValues<char> units = _units ??= _mask.Others == 0
            ? UnitSearch.For(_mask.Low, _mask.High)
            : UnitSearch.For(~_mask.Low, ~_mask.High);
        if (_mask.Others == 0)
        {
            return stretch.IndexOfAny(units);
        }

        for (int from = 0; from < stretch.Length; from++)
        {
            int next = stretch[from..].IndexOfAnyExcept(units);
            if (next < 0)
            {
                return -1;
            }

            from += next;
            if (_mask.Contains(stretch[from]))
            {
                return from;
            }
        }

        return -1;
    }

    private int FindUnitSlowly(ReadOnlySpan<char> stretch)
    {
        for (int at = 0; at < stretch.Length; at++)
        {
            if (_mask.Contains(stretch[at]))
            {
                return at;
            }
        }

        return -1;
    }
}
