using System.Text.RegularExpressions;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>The groups of a pattern: their openings, alternatives and ends.</summary>
internal sealed partial class RegexParser
{
    /// <summary>Reads the opening of a group after its parenthesis. One that only sets options opens none.</summary>
    private void OpenGroup()
    {
        PatternOptions options = Options;
        if (ScanGroupOpening() is not { } group)
        {
            return;
        }

        if (_outer.Count == MaxNesting)
        {
            throw new PatternException(
                $"the pattern nests more than {MaxNesting} groups at position {Position}: write them without nesting");
        }

        _outerOptions.Push(options);
        _outer.Push((_group, _alternatives, _sequence));
        _group = group;
        _alternatives = Node(PatternNodeKind.Alternation);
        _sequence = Node(PatternNodeKind.Sequence);
    }

    private void EndAlternative()
    {
        (IsInCondition ? _group : _alternatives).Children.Add(_sequence);
        _sequence = Node(PatternNodeKind.Sequence);
    }

    private void EndGroup()
    {
        if (!IsInCondition)
        {
            _alternatives.Children.Add(_sequence);
            _group.Children.Add(_alternatives.Children.Count == 1 ? _sequence : _alternatives);
            return;
        }

        _group.Children.Add(_sequence);
        if (_group.Children.Count > (_group.Kind == PatternNodeKind.Condition ? 3 : 2))
        {
            throw Fault(RegexParseError.AlternationHasTooManyConditions);
        }
    }

    /// <summary>Ends the innermost group. False if it was the test of a condition, to which no quantifier applies.</summary>
    private bool TryCloseGroup()
    {
        if (_outer.Count == 0)
        {
            throw Fault(RegexParseError.InsufficientOpeningParentheses);
        }

        EndGroup();
        PatternNode closed = _group;
        (_group, _alternatives, _sequence) = _outer.Pop();
        Options = _outerOptions.Pop();
        if (_group.Kind == PatternNodeKind.Condition && _group.Children.Count == 0)
        {
            _group.Children.Add(closed);
            _unit = null;
            return false;
        }

        _unit = closed;
        return true;
    }

    private PatternNode? ScanGroupOpening()
    {
        if (!Follows(0, '?') || Follows(1, ')'))
        {
            if (!Has(PatternOptions.ExplicitCapture) && !_ignoresNextGroup)
            {
                return Node(PatternNodeKind.Capture, groups.IndexOf(_nextNumber++));
            }

            _ignoresNextGroup = false;
            return Node(PatternNodeKind.Group);
        }

        Position++;
        if (IsAtEnd)
        {
            throw Fault(RegexParseError.InvalidGroupingConstruct);
        }

        switch (Pattern[Position++])
        {
            case ':':
                return Node(PatternNodeKind.Group);
            case '>':
                return Node(PatternNodeKind.Atomic);
            case '=':
                Options &= ~PatternOptions.RightToLeft;
                return Node(PatternNodeKind.Look);
            case '!':
                Options &= ~PatternOptions.RightToLeft;
                return Node(PatternNodeKind.NegativeLook);
            case '(':
                return ScanCondition();
            case '<':
                return ScanLookbehindOrName('>');
            case '\'':
                return ScanLookbehindOrName('\'');
            default:
                Position--;
                return ScanOptionGroup();
        }
    }

    private PatternNode ScanLookbehindOrName(char close)
    {
        if (IsAtEnd)
        {
            throw Fault(RegexParseError.InvalidGroupingConstruct);
        }

        if (Current is not ('=' or '!'))
        {
            return ScanNamedGroup(close);
        }

        PatternNodeKind kind = Pattern[Position++] == '=' ? PatternNodeKind.Look : PatternNodeKind.NegativeLook;
        if (close == '\'')
        {
            throw Fault(RegexParseError.InvalidGroupingConstruct);
        }

        Options |= PatternOptions.RightToLeft;
        return Node(kind);
    }

    /// <summary>Reads <c>name></c>, <c>name-other></c> or <c>-other></c>.</summary>
    private PatternNode ScanNamedGroup(char close)
    {
        int? group = null;
        int? balanced = null;
        bool mayBalance = Current == '-';
        if (!mayBalance)
        {
            (group, int? number) = ScanGroupName();
            RequireEndOfName(close, mayBalance: true);
            if (number == 0 && group is not null)
            {
                throw Fault(RegexParseError.CaptureGroupOfZero);
            }
        }

        if ((group is not null || mayBalance) && Follows(0, '-') && Position + 1 < Pattern.Length)
        {
            Position++;
            (balanced, int? number) = ScanGroupName();
            if (balanced is null)
            {
                throw Fault(number is null ? RegexParseError.UndefinedNamedReference : RegexParseError.UndefinedNumberedReference);
            }

            RequireEndOfName(close, mayBalance: false);
        }

        return (group ?? balanced) is not null && !IsAtEnd && Pattern[Position++] == close
            ? Node(PatternNodeKind.Capture, group, balanced)
            : throw Fault(RegexParseError.InvalidGroupingConstruct);
    }

    /// <summary>Reads the number or the name of a group. The index is null if there is no such group, the number for a name.</summary>
    private (int? Index, int? Number) ScanGroupName()
    {
        if (char.IsAsciiDigit(Current))
        {
            int number = ScanDecimal();
            return (groups.IndexOf(number), number);
        }

        return UnicodeProperties.IsWordUnit(Current)
            ? (groups.IndexOf(ScanName()), null)
            : throw Fault(RegexParseError.CaptureGroupNameInvalid);
    }

    private void RequireEndOfName(char close, bool mayBalance)
    {
        if (!IsAtEnd && Current != close && !(mayBalance && Current == '-'))
        {
            throw Fault(RegexParseError.CaptureGroupNameInvalid);
        }
    }

    /// <summary>
    /// Reads the test of <c>(?(test)yes|no)</c> if it is a group. Otherwise the test is read as a group that does not capture.
    /// </summary>
    private PatternNode ScanCondition()
    {
        int start = Position;
        if (!IsAtEnd && char.IsAsciiDigit(Current))
        {
            int number = ScanDecimal();
            if (IsAtEnd || Pattern[Position++] != ')')
            {
                throw Fault(RegexParseError.AlternationHasMalformedReference);
            }

            return groups.IndexOf(number) is { } index
                ? Node(PatternNodeKind.GroupCondition, index)
                : throw Fault(RegexParseError.AlternationHasUndefinedReference);
        }

        if (!IsAtEnd && UnicodeProperties.IsWordUnit(Current) && groups.IndexOf(ScanName()) is { } named && Follows(0, ')'))
        {
            Position++;
            return Node(PatternNodeKind.GroupCondition, named);
        }

        Position = start - 1;
        _ignoresNextGroup = true;
        if (Follows(1, '?') && Follows(2, '#'))
        {
            throw Fault(RegexParseError.AlternationHasComment);
        }

        bool isNamed = Follows(2, '\'') || (Follows(2, '<') && Position + 3 < Pattern.Length && !Follows(3, '!') && !Follows(3, '='));
        if (Follows(1, '?') && isNamed)
        {
            throw Fault(RegexParseError.AlternationHasNamedCapture);
        }

        return Node(PatternNodeKind.Condition);
    }

    /// <summary>Reads options; null if they apply to the rest of the surrounding group.</summary>
    private PatternNode? ScanOptionGroup()
    {
        if (_group.Kind != PatternNodeKind.Condition)
        {
            ScanOptions();
        }

        if (IsAtEnd)
        {
            throw Fault(RegexParseError.InvalidGroupingConstruct);
        }

        return Pattern[Position++] switch
        {
            ')' => null,
            ':' => Node(PatternNodeKind.Group),
            _ => throw Fault(RegexParseError.InvalidGroupingConstruct),
        };
    }
}
