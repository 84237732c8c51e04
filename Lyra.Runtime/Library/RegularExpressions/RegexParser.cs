using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// Builds the tree of a pattern. The syntax and the errors are those of .NET's <see cref="Regex"/>, with which tests compare. A pattern
/// never reaches <see cref="Regex"/> itself, because .NET can neither interrupt nor bound what it does with it.
/// </summary>
internal sealed partial class RegexParser(PatternMemory memory, string pattern, GroupTable groups) : PatternScanner(memory, pattern)
{
    /// <summary>The most groups within a group. Code that visits the tree recurses.</summary>
    public const int MaxNesting = 100;

    private readonly Stack<(PatternNode Group, PatternNode Alternatives, PatternNode Sequence)> _outer = new();
    private readonly Stack<PatternOptions> _outerOptions = new();

    /// <summary>The innermost open group.</summary>
    private PatternNode _group = new(PatternNodeKind.Group, PatternOptions.None);

    /// <summary>Where the alternatives of that group are collected.</summary>
    private PatternNode _alternatives = new(PatternNodeKind.Alternation, PatternOptions.None);

    /// <summary>The alternative being read.</summary>
    private PatternNode _sequence = new(PatternNodeKind.Sequence, PatternOptions.None);

    /// <summary>The element that a quantifier would apply to.</summary>
    private PatternNode? _unit;

    private bool _ignoresNextGroup;
    private int _nextNumber = 1;

    private bool IsInCondition => _group.Kind is PatternNodeKind.Condition or PatternNodeKind.GroupCondition;

    /// <exception cref="PatternException">The text is no pattern, or groups are nested too deep.</exception>
    public PatternNode Parse()
    {
        bool isQuantifier = false;
        while (!IsAtEnd)
        {
            Memory.Charge(1);
            bool wasQuantifier = isQuantifier;
            SkipBlanks();
            char special = ScanOrdinary(ref wasQuantifier);
            isQuantifier = special is '*' or '+' or '?' or '{';
            if (!TryScanUnit(special, wasQuantifier))
            {
                continue;
            }

            SkipBlanks();
            if (!IsAtEnd)
            {
                isQuantifier = IsQuantifier();
                if (isQuantifier)
                {
                    _unit = ScanQuantifier(_unit!);
                }
            }

            Add(_unit!);
            _unit = null;
        }

        if (_outer.Count > 0)
        {
            throw Fault(RegexParseError.InsufficientClosingParentheses);
        }

        EndGroup();
        return _group;
    }

    /// <summary>
    /// Reads ordinary code units up to a special one. If that is a quantifier, the last ordinary code unit becomes the element that it
    /// applies to.
    /// </summary>
    /// <returns>The special code unit, which is read, too; a blank or NUL if another ordinary code unit or nothing follows.</returns>
    private char ScanOrdinary(ref bool wasQuantifier)
    {
        int start = Position;
        while (!IsAtEnd && IsOrdinary())
        {
            Position++;
        }

        int end = Position;
        SkipBlanks();
        char special = IsAtEnd ? '\0' : IsSpecial(Current) ? Pattern[Position++] : ' ';
        if (start == end)
        {
            return special;
        }

        wasQuantifier = false;
        bool isQuantifier = special is '*' or '+' or '?' or '{';
        AddText(start, end - start - (isQuantifier ? 1 : 0));
        if (isQuantifier)
        {
            _unit = UnitNode(Pattern[end - 1]);
        }

        return special;
    }

    private bool IsOrdinary() =>
        !(IsSpecial(Current) || (Has(PatternOptions.IgnoreWhitespace) && (IsBlank(Current) || Current == '#')))
        || (Current == '{' && !IsQuantifier());

    private static bool IsSpecial(char unit) =>
        unit is '$' or '(' or ')' or '.' or '[' or '\\' or '^' or '|' or '*' or '+' or '?' or '{';

    /// <summary>Reads what a special code unit begins. False if no element results to which a quantifier may apply.</summary>
    private bool TryScanUnit(char special, bool wasQuantifier)
    {
        switch (special)
        {
            case '(':
                OpenGroup();
                return false;
            case ')':
                return TryCloseGroup();
            case '|':
                EndAlternative();
                return false;
            case '[':
                _unit = SetNode(ScanClass(true, 0)!);
                return true;
            case '\\':
                _unit = ScanBackslash();
                return true;
            case '^':
                _unit = Node(Has(PatternOptions.Multiline) ? PatternNodeKind.LineStart : PatternNodeKind.Beginning);
                return true;
            case '$':
                _unit = Node(Has(PatternOptions.Multiline) ? PatternNodeKind.LineEnd : PatternNodeKind.EndOrNewline);
                return true;
            case '.':
                _unit = SetNode(Has(PatternOptions.Singleline) ? CharacterSet.All : CharacterSet.NotNewline);
                return true;
            case '*' or '+' or '?' or '{':
                if (_unit is null)
                {
                    throw Fault(wasQuantifier
                        ? RegexParseError.NestedQuantifiersNotParenthesized
                        : RegexParseError.QuantifierAfterNothing);
                }

                Position--;
                return true;
            default:
                return false;
        }
    }

    private PatternNode ScanQuantifier(PatternNode unit)
    {
        int min = 0;
        int max = int.MaxValue;
        switch (Pattern[Position++])
        {
            case '+':
                min = 1;
                break;
            case '?':
                max = 1;
                break;
            case '{':
                min = max = ScanDecimal();
                if (Follows(0, ','))
                {
                    Position++;
                    max = Follows(0, '}') ? int.MaxValue : ScanDecimal();
                }

                Position++;
                break;
        }

        SkipBlanks();
        bool isLazy = Follows(0, '?');
        Position += isLazy ? 1 : 0;
        if (min > max)
        {
            throw Fault(RegexParseError.ReversedQuantifierRange);
        }

        if (max == 0)
        {
            return Node(PatternNodeKind.Empty);
        }

        if (min == 1 && max == 1)
        {
            return unit;
        }

        Memory.ChargeMemory(PatternNode.Bytes);
        return new PatternNode(PatternNodeKind.Loop, Options) { Min = min, Max = max, IsLazy = isLazy, Children = { unit } };
    }

    private PatternNode ScanBackslash()
    {
        if (IsAtEnd)
        {
            throw Fault(RegexParseError.UnescapedEndingBackslash);
        }

        char unit = Current;
        PatternNodeKind assertion = unit switch
        {
            'b' => PatternNodeKind.Boundary,
            'B' => PatternNodeKind.NoBoundary,
            'A' => PatternNodeKind.Beginning,
            'G' => PatternNodeKind.SearchStart,
            'Z' => PatternNodeKind.EndOrNewline,
            'z' => PatternNodeKind.End,
            _ => PatternNodeKind.Empty,
        };
        if (assertion != PatternNodeKind.Empty)
        {
            Position++;
            return Node(assertion);
        }

        if (unit is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P')
        {
            Position++;
            CharacterSetBuilder set = new(Has(PatternOptions.IgnoreCase));
            AddShorthand(set, unit);
            return SetNode(set.Build());
        }

        return ScanReferenceOrEscape();
    }

    private PatternNode ScanReferenceOrEscape()
    {
        int start = Position;
        GroupReference reference = ScanReference();
        if (!reference.IsNone)
        {
            int? index = reference.Name is { } name ? groups.IndexOf(name) : groups.IndexOf(reference.Number!.Value);
            if (index is not null)
            {
                return Node(PatternNodeKind.Reference, index);
            }

            if (reference.IsDelimited || reference.Number <= 9)
            {
                throw Fault(reference.Name is null
                    ? RegexParseError.UndefinedNumberedReference
                    : RegexParseError.UndefinedNamedReference);
            }

            Position = start;
        }

        return UnitNode(ScanEscape());
    }

    private void AddText(int start, int count)
    {
        if (count == 0)
        {
            return;
        }

        Memory.Charge(count >> 3);
        if (!Has(PatternOptions.IgnoreCase))
        {
            Memory.ChargeMemory(PatternNode.Bytes + (2L * count));
            Add(new PatternNode(PatternNodeKind.Text, Options) { Text = Pattern.Substring(start, count) });
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Memory.Charge(1);
            Add(UnitNode(Pattern[start + i]));
        }
    }

    /// <summary>The node of one code unit, with option <c>i</c> also of its equivalents.</summary>
    private PatternNode UnitNode(char unit)
    {
        if (Has(PatternOptions.IgnoreCase) && CaseEquivalence.OthersOf(unit) is { Length: > 0 } others)
        {
            return SetNode(CharacterSet.Of(others + unit));
        }

        Memory.ChargeMemory(PatternNode.Bytes);
        return new PatternNode(PatternNodeKind.Text, Options) { Text = unit.ToString() };
    }

    private PatternNode SetNode(CharacterSet set)
    {
        Memory.Charge(CharacterSet.StepsToMake);
        Memory.ChargeMemory(PatternNode.Bytes + set.Bytes);
        return new PatternNode(PatternNodeKind.Set, Options) { Set = set };
    }

    private PatternNode Node(PatternNodeKind kind, int? group = null, int? balanced = null)
    {
        Memory.ChargeMemory(PatternNode.Bytes);
        return new PatternNode(kind, Options) { Group = group, Balanced = balanced };
    }

    private void Add(PatternNode node) => _sequence.Children.Add(node);
}
